// An owner link ends with #owner=SECRET. A fragment is not sent with a request,
// so the secret is taken from here: out of the address at once, and to the
// server in the body of a form.
(() => {
  "use strict";
  const claim = () => {
    const [, secret] = /^#owner=(.+)$/.exec(location.hash) ?? [];
    if (!secret) return;
    history.replaceState(null, "", location.pathname + location.search);
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${location.pathname}/own`;
    form.hidden = true;
    const field = document.createElement("input");
    field.name = "secret";
    field.value = secret;
    form.append(field);
    document.body.append(form);
    form.submit();
  };
  claim();
  addEventListener("hashchange", claim);
})();
