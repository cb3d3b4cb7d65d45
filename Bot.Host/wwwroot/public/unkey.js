// The address from the chat speaks as one citizen: what is copied or passed on from here is the page that everybody reads.
const all = document.querySelector('link[rel="canonical"]');
if (all) history.replaceState(null, '', new URL(all.href).pathname + location.search + location.hash);
