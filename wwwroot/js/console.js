// What the browser must do itself for the console, by data attributes alone: components stay free of script calls, and the
// same markup works on the static account pages. No inline script anywhere.
const root = document.documentElement;
const year = 31536000;

function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${year};samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
}

// Radzen's two sheets stand in the page with media queries; choosing a theme rewrites those, so nothing is loaded again.
function useTheme(theme) {
  root.dataset.theme = theme;
  for (const link of document.querySelectorAll("link[data-theme-sheet]")) {
    link.media = link.dataset.themeSheet === theme ? "all" : "not all";
  }
}

function visible(element) {
  return element.getClientRects().length > 0;
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Without HTTPS there is no clipboard API: the old way still works.
    const area = document.createElement("textarea");
    area.value = button.dataset.copy;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.dataset.copied = "";
  const status = document.getElementById("announcer");
  if (status) status.textContent = button.dataset.copiedText ?? "";
  setTimeout(() => delete button.dataset.copied, 1600);
}

const actions = {
  copy,
  insert,
  focus: button => document.getElementById(button.dataset.focus)?.focus(),
  culture: button => { remember(".AspNetCore.Culture", `c=${button.dataset.culture}|uic=${button.dataset.culture}`); location.reload(); },
  toggleTheme: () => {
    const dark = root.dataset.theme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    useTheme(dark ? "light" : "dark");
    remember("console-theme", root.dataset.theme);
  },
  toggleNav: () => {
    if (matchMedia("(max-width: 900px)").matches) {
      setDrawer(root.dataset.drawer !== "open");
    } else {
      root.dataset.nav = root.dataset.nav === "folded" ? "open" : "folded";
      remember("console-nav", root.dataset.nav);
    }
  },
  closeDrawer: () => setDrawer(false),
  reconnect: () => reconnect(),
  reload: () => location.reload(),
};

// A word that a text may hold, put where the caret stands, or stood last, among the fields of the form that take it.
let taking = null;
document.addEventListener("focusin", event => { if (event.target instanceof Element && event.target.matches("[data-takes]")) taking = event.target; });

function insert(button) {
  const fields = [...button.closest("form").querySelectorAll("[data-takes]")];
  const into = fields.includes(taking) ? taking : fields[0];
  into.setRangeText(button.dataset.insert, into.selectionStart, into.selectionEnd, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.focus();
}

function setDrawer(open) {
  if (open) root.dataset.drawer = "open"; else delete root.dataset.drawer;
  for (const toggle of document.querySelectorAll("[data-toggle-nav]")) toggle.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#navigation a")?.focus();
}

document.addEventListener("click", event => {
  const target = event.target instanceof Element ? event.target : null;
  for (const [name, act] of Object.entries(actions)) {
    const button = target?.closest(`[data-${name.replace(/[A-Z]/g, c => "-" + c.toLowerCase())}]`);
    if (button) {
      if (button.tagName === "A") event.preventDefault();
      act(button);
    }
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const inside = menu.contains(target);
    if (!inside || target.closest("a.item, button.item")) menu.open = false;
  }
  if (target?.closest("#navigation a")) setDrawer(false);
});

// Blazor scrolls to the top after each navigation; opening and closing a card leaves its list where it was. The scroll event
// comes before the frame is painted, so nothing is seen of it.
document.addEventListener("click", event => {
  const top = scrollY;
  if (top === 0 || !(event.target instanceof Element) || !event.target.closest("a.row-link, a[data-escape]")) return;
  const stay = () => { if (scrollY === 0) { scrollTo(0, top); forget(); } };
  const forget = () => removeEventListener("scroll", stay);
  addEventListener("scroll", stay);
  setTimeout(forget, 2000);
}, true);

document.addEventListener("keydown", event => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = [...document.querySelectorAll("[data-search]")].find(visible);
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
  // The arrows choose a hit; they do not move the caret.
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target instanceof Element && event.target.closest("[role=combobox]")) {
    event.preventDefault();
  }
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) closeTopmost();
});

function closeTopmost() {
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary")?.focus(); return; }
  if (root.dataset.drawer) { setDrawer(false); return; }
  if (document.activeElement?.closest("[role=combobox]")) return;
  [...document.querySelectorAll("[data-escape]")].filter(visible).at(-1)?.click();
}

// A part of a page that has a script of its own brings it: loaded once, it finds its part by its attributes.
function bring() {
  for (const part of document.querySelectorAll("[data-module]")) import(part.dataset.module);
}
new MutationObserver(bring).observe(document.body, { childList: true, subtree: true });
bring();

// A rendered <dialog class="modal"> is opened as one: the browser then keeps the focus inside and the rest inert.
// Removing it from the page closes it; the element that had the focus before gets it back.
let before = null;
let desk = null;
new MutationObserver(records => {
  // The check-in desk brings its own script, once.
  if (!desk && document.querySelector("[data-desk]")) desk = import("./desk.js" + new URL(import.meta.url).search);
  for (const dialog of document.querySelectorAll("dialog.modal:not([open])")) {
    before = document.activeElement;
    dialog.showModal();
  }
  if (before && !document.querySelector("dialog.modal") && records.some(r => r.removedNodes.length > 0)) {
    before.focus();
    before = null;
  }
}).observe(document.body, { childList: true, subtree: true });

document.addEventListener("cancel", event => {
  if (!(event.target instanceof HTMLDialogElement)) return;
  event.preventDefault();
  event.target.querySelector("[data-cancel]")?.click();
}, true);

// The circuit: tried again for as long as the page stands open, quickly at first. blazor.web.js sets the state as a class of
// #components-reconnect-modal; the style sheet shows the matching line. The page beneath stays as it is, with what was typed.
function reconnect() {
  window.Blazor?.reconnect?.().then(alive => { if (alive === false) location.reload(); });
}

window.Blazor?.start({
  circuit: { reconnectionOptions: { maxRetries: 2000, retryIntervalMilliseconds: attempt => Math.min(500 * (attempt + 1), 5000) } },
});
document.addEventListener("visibilitychange", () => {
  const state = document.getElementById("components-reconnect-modal")?.className ?? "";
  if (document.visibilityState === "visible" && state.includes("components-reconnect-failed")) reconnect();
});
