package forms

import (
	"slices"
	"strings"
)

// trackers are the beginnings of names, and tracked whole names, that chat
// programs, mailers and advertisers add to every link. They say nothing of what
// it leads to.
var (
	trackers = []string{"utm_", "mc_", "hsa_", "_hs", "vero_", "mkt_", "pk_", "piwik_", "mtm_", "matomo_", "at_", "ga_", "oly_", "wx", "sharer_", "share_", "weibo_", "bd_", "ns_", "trk_", "__"}
	tracked  = strings.Fields(`
		fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh s_cid _ga _gl _ke _openstat
		from from_source isappinstalled nsukey scene subscene ascene clicktime enterid chksm devicetype nettype exportkey pass_ticket
		timestamp sign key uin abtest_cookie version sessionid session_id mpshare srcid sharesource spm scm pvid vd_source plat_id
		spm_id_from buvid unique_k tt_from app_version enter_from source source_id ref ref_src ref_url referrer referer campaign medium
		_branch_match_id _branch_referrer epik rb_clickid cid sc_cid si ftag tracking tracking_id track trackid cmpid icid ncid
		share shareid share_token usp sxsrf sca_esv oq aqs ved ei hl t ts _t _ timestamp_ms nonce rnd random cachebust`)
)

// isTracking reports whether a name is one that others add to a link.
func isTracking(name string) bool {
	name = strings.ToLower(visible(name))
	return slices.Contains(tracked, name) ||
		slices.ContainsFunc(trackers, func(begin string) bool { return strings.HasPrefix(name, begin) })
}
