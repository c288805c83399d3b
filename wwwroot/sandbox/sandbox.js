// What the pages of the sandbox have in common. What people typed is put in as text, never as markup.
const every = 2000;
export const at = id => document.getElementById(id);
export const clone = id => at(id).content.firstElementChild.cloneNode(true);

/** Keeps the children of a list in step with the items, without redrawing what is there: an open select stays open. */
export function keep(list, items, keyOf, template, fill) {
  const old = new Map([...list.children].map(row => [row.dataset.key, row]));
  let before = list.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const row = old.get(key) ?? clone(template);
    old.delete(key);
    row.dataset.key = key;
    fill(row, item);
    if (row === before) before = row.nextElementSibling;
    else list.insertBefore(row, before);
  }
  for (const row of old.values()) row.remove();
}

document.addEventListener('click', async clicked => {
  const box = clicked.target.closest('.copyable button')?.parentElement;
  if (!box) return;
  const code = box.querySelector('code');
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(code.textContent);
  } else { // a phone on http://192.168.…: no secure context, no clipboard API
    getSelection().selectAllChildren(code);
    document.execCommand('copy');
  }
  const button = clicked.target;
  button.dataset.label ??= button.textContent;
  button.textContent = at('texts').dataset.copied;
  setTimeout(() => { button.textContent = button.dataset.label; }, 1200);
});

/** Looks again and again while somebody looks at the page. */
export async function poll(refresh) {
  if (!document.hidden) await refresh();
  setTimeout(poll, every, refresh);
}
