// An owner link ends with #owner=SECRET. A fragment is not sent with a request,
// so the secret is taken from here: out of the address at once, and into the form
// that asks whether this browser is to be an owner. Nothing is sent before
// somebody says yes.
(() => {
  "use strict";
  const ask = () => {
    const [, secret] = /^#owner=(.+)$/.exec(location.hash) ?? [];
    if (!secret) return;
    const field = document.getElementById("secret");
    if (!field) {
      location.replace(`${location.pathname}/own${location.hash}`);
      return;
    }
    history.replaceState(null, "", location.pathname + location.search);
    field.value = secret;
    field.form.querySelector("button").focus();
  };
  ask();
  addEventListener("hashchange", ask);
})();
