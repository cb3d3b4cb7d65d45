// The address from the chat speaks as one citizen: what is copied or passed on from here is the page that everybody reads. This tab remembers it, for going back and loading anew.
const all = document.querySelector('link[rel="canonical"]');
if (all) {
  const open = new URL(all.href).pathname, kept = sessionStorage.getItem(open);
  if (location.pathname !== open) {
    sessionStorage.setItem(open, location.pathname);
    history.replaceState(null, '', open + location.search + location.hash);
  } else if (kept) {
    sessionStorage.removeItem(open);                // once: a key whose time is over leads back here
    location.replace(kept + location.search + location.hash);
  }
}
