// The shop works without this file; with it, the cart is counted and the lookbook turns its pages in place.

// At submit, not on the next page: a reload of the cart must not count again.
for (const form of document.querySelectorAll('form[data-track]')) {
  form.addEventListener('submit', () => {
    const item = JSON.parse(form.dataset.item);
    const quantity = Number(form.elements.quantity.value);
    window.AnalyticsService?.track(form.dataset.track, { items: [{ ...item, quantity }] });
  });
}

const router = document.querySelector('[data-router]');

function show(path) {
  for (const look of document.querySelectorAll('[data-look]')) {
    look.hidden = look.dataset.look !== path;
    if (!look.hidden) document.title = document.title.replace(/^.*(?= · )/, look.dataset.title);
  }
  for (const link of router.querySelectorAll('a')) {
    if (link.pathname === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function lookOf(path) {
  return document.querySelector(`[data-look="${CSS.escape(path)}"]`)
    ? path
    : router.querySelector('a').pathname;
}

router?.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  // A new tab or window is the browser's business.
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.pathname === location.pathname) return;
  show(link.pathname);
  history.pushState(null, '', link.pathname);
});
if (router) addEventListener('popstate', () => show(lookOf(location.pathname)));
