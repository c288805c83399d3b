// 调试台: sends what the form says, from this browser and without any cookie, and shows what travelled. The secret that is typed,
// the tokens that are answered and every body stay in this page: none of it goes over the console's own connection.
const captured = new Map(); // By app key: nothing of one app is sent for another.
const run = String(Date.now()).slice(-8);
const mask = "******";
const maxShown = 200000;
const placeholder = /\{\{(\w+)\}\}/g;

function bench() {
  return document.querySelector("[data-workbench]");
}

function kept(root) {
  const scope = root.dataset.scope ?? "";
  if (!captured.has(scope)) captured.set(scope, new Map());
  return captured.get(scope);
}

function variables(root, secret) {
  const all = new Map(kept(root));
  all.set("run", run);
  for (const known of root.querySelectorAll("[data-known]")) if (known.dataset.value) all.set(known.dataset.known, known.dataset.value);
  for (const typed of root.querySelectorAll("[data-typed]")) if (typed.value) all.set(typed.dataset.typed, secret ?? typed.value);
  return all;
}

// What would be sent, and which variables nobody has set.
function build(operation, known) {
  const missing = new Set();
  const fill = text => text.replace(placeholder, (whole, name) => {
    if (known.has(name)) return known.get(name);
    missing.add(name);
    return whole;
  });
  const call = { method: operation.dataset.method, headers: [], form: [], body: null };
  let path = operation.dataset.path;
  const query = [];
  for (const input of operation.querySelectorAll("[data-in]")) {
    const { in: place, name } = input.dataset;
    const value = fill(input.value);
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value === "") continue;
    else if (place === "query") query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    else if (place === "header") call.headers.push([name, value]);
    else call.form.push([name, value]);
  }
  const body = operation.querySelector("[data-body]");
  if (body) call.body = fill(body.value);
  else if (call.form.length > 0) call.body = new URLSearchParams(call.form).toString();
  if (call.body !== null) call.headers.push(["Content-Type", operation.dataset.type]);
  call.url = path + (query.length > 0 ? `?${query.join("&")}` : "");
  return { call, missing: [...missing] };
}

const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

function curl(call, server) {
  const parts = [`curl -sS${call.method === "GET" || (call.method === "POST" && call.body !== null) ? "" : ` -X ${call.method}`} ${quoted((server ?? location.origin) + call.url)}`];
  for (const [name, value] of call.headers) if (call.form.length === 0 || name !== "Content-Type") parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (call.form.length > 0) for (const [name, value] of call.form) parts.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
  else if (call.body !== null) parts.push(`--data-raw ${quoted(call.body)}`);
  return parts.join(" \\\n  ");
}

function refresh() {
  const root = bench();
  const operation = root?.querySelector("[data-operation]");
  if (!operation) return;
  // The line is shown and copied, perhaps into a ticket: it never holds the secret.
  const { call, missing } = build(operation, variables(root, "APP_SECRET"));
  const line = curl(call, operation.dataset.server);
  write(operation.querySelector("[data-curl]"), line);
  operation.querySelector("[data-curl-copy]").dataset.copy = line;
  const makers = JSON.parse(root.dataset.makers);
  const first = [...new Set(missing.map(name => makers[name]).filter(Boolean))];
  write(operation.querySelector("[data-missing]"), missing.length === 0 ? ""
    : `${root.dataset.textMissing} ${missing.join(", ")}${first.length > 0 ? ` · ${root.dataset.textFirst} ${first.join(", ")}` : ""}`);
  const list = root.querySelector("[data-captured]");
  if (!list) return;
  const lines = [...kept(root)];
  if (list.childElementCount === lines.length && lines.every(([name, value], i) => list.children[i].title === value && list.children[i].firstChild.textContent === name)) return;
  list.replaceChildren(...lines.map(([name, value]) => {
    const pair = element("span", "pair", element("code", "", name), element("span", "mono truncate", value));
    pair.title = value;
    return pair;
  }));
}

// The same text written again would be seen as a change, and refreshed for ever.
function write(where, text) {
  if (where.textContent !== text) where.textContent = text;
}

function element(name, classes, ...content) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.append(...content);
  return made;
}

function figure(title, text) {
  const pre = element("pre", "", text);
  pre.tabIndex = 0;
  pre.setAttribute("aria-label", typeof title === "string" ? title : title.textContent);
  return element("figure", "code", element("figcaption", "", title), pre);
}

const lines = headers => headers.map(([name, value]) => `${name}: ${value}`).join("\n");

function readable(text, type) {
  if (!type.includes("json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// The document's own form of a path: data.items[0].id
function read(json, path) {
  return path.replaceAll("[", ".").replaceAll("]", "").split(".").reduce((node, part) => node?.[part], json);
}

function keep(root, captures, text, type) {
  const json = type.includes("json") && text ? JSON.parse(text) : null;
  for (const { variable, path, from } of captures) {
    const value = from === "attribute" ? text.match(new RegExp(`${path}="([^"]*)"`))?.[1] : read(json, path);
    if (value !== undefined && value !== null) kept(root).set(variable, from === "lastSegment" ? String(value).split("/").pop() : String(value));
  }
}

// One call: shown without the secret, sent with it, and what later calls need of the answer kept.
async function exchange(root, operation, button, call, shown, captures) {
  const wire = operation.querySelector("[data-wire]");
  // A page may not set it: the browser does, with this page's own.
  const headers = call.headers.filter(([name]) => name !== "Origin");
  const said = shown.headers.map(([name, value]) => name === "Origin" ? [name, `${location.origin} (${root.dataset.textBrowser})`] : [name, value]);
  const request = figure(root.dataset.textRequest, `${shown.method} ${shown.url}\n${lines(said)}${shown.body === null ? "" : `\n\n${shown.body}`}`);
  button.disabled = true;
  wire.replaceChildren(request, element("p", "muted", root.dataset.textSending));
  const started = performance.now();
  try {
    const answer = await fetch(call.url, { method: call.method, headers, body: call.body ?? undefined, credentials: "omit", redirect: "manual", cache: "no-store" });
    const bytes = await answer.arrayBuffer();
    const took = Math.round(performance.now() - started);
    const type = answer.headers.get("Content-Type") ?? "";
    const isText = /json|text|xml|javascript/.test(type);
    const text = isText ? new TextDecoder().decode(bytes) : "";
    const status = element("span", `tag ${answer.ok ? "good" : "bad"}`, element("i"), `${answer.status} ${answer.statusText}`.trim());
    const title = element("span", "answered", root.dataset.textAnswer, " ", status, ` ${took} ms · ${bytes.byteLength} ${root.dataset.textBytes}`);
    wire.replaceChildren(request, figure(title, `${lines([...answer.headers])}\n\n${isText ? readable(text, type).slice(0, maxShown) : `[${type}]`}`));
    if (answer.ok) keep(root, captures, text, type);
  } catch (error) {
    wire.replaceChildren(request, element("p", "missing", `${root.dataset.textFailed} ${error.message}`));
  } finally {
    button.disabled = false;
    refresh();
  }
}

function send(button) {
  const root = bench();
  const operation = root.querySelector("[data-operation]");
  exchange(root, operation, button, build(operation, variables(root)).call, build(operation, variables(root, mask)).call, JSON.parse(operation.dataset.captures));
}

// Somebody signs in at the sandbox, so that there is a person to call for.
function prepare(button) {
  const root = bench();
  const { path, body, captures } = JSON.parse(button.dataset.prepare);
  const known = variables(root);
  const call = {
    method: "POST", url: path, headers: [["Content-Type", "application/json"]],
    body: JSON.stringify(body).replace(placeholder, (whole, name) => known.get(name) ?? whole),
  };
  exchange(root, root.querySelector("[data-operation]"), button, call, call, captures);
}

document.addEventListener("input", event => { if (event.target.closest?.("[data-workbench]")) refresh(); });
document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-send-call]");
  if (button) send(button);
  const preparation = event.target.closest?.("[data-prepare]");
  if (preparation) prepare(preparation);
});
// Another operation or app was chosen; what this script writes itself changes nothing the second time.
new MutationObserver(refresh).observe(document.body, { childList: true, subtree: true });
refresh();
