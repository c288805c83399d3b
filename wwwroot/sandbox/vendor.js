// The page of one vendor. What people typed arrives as JSON and is put in as text, never as markup.
import { at, keep, poll } from './sandbox.js';

const here = location.pathname.replace(/\/$/, '');
const json = "-H 'Content-Type: application/json'";
let run = '';
let version = -1;
let known = {};

const send = (method, path, body) => fetch(here + path, {
  method,
  headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
  body: JSON.stringify(body),
});

function fail(answer) {
  at('issue-error').hidden = !answer;
  at('issue-error').textContent = answer?.error.msg ?? '';
}

/** A credential for somebody new, or another one for somebody known. */
async function issue(asked) {
  const reply = await send('POST', '/issue', asked);
  const answer = await reply.json();
  fail(reply.ok ? null : answer);
  if (!reply.ok) return false;
  show(answer);
  await refresh();
  at('issued-title').focus();
  return true;
}

function show({ credential, ...fields }) {
  at('issued').hidden = false;
  at('once').hidden = credential === 'token';
  keep(at('fields'), Object.entries(fields), ([name]) => name, 'field', (box, [name, value]) => {
    box.querySelector('.label').textContent = name;
    box.querySelector('code').textContent = value;
  });
  // Every value is of an alphabet that a shell's quotes cannot be left with: the server sees to it.
  const body = JSON.stringify({ source: known.source, corp_id: known.corp_id, plugin_id: known.plugin_id, ...fields });
  const paths = credential === 'replay' ? ['/v2/user_auth_third_foreign'] : ['/v2/user/third/register_check', '/v2/user_auth_third'];
  keep(at('curls'), paths.map(path => `curl -s ${location.origin}${path} \\\n  ${json} \\\n  -d '${body}'`),
    line => line.split(' ')[2], 'curl', (box, line) => { box.querySelector('code').textContent = line; });
}

function fillPerson(row, person) {
  const name = row.querySelector('.name');
  name.textContent = person.nickname ?? name.dataset.anonymous;
  row.querySelector('.open-id').textContent = person.open_id;
  const select = row.querySelector('select');
  if (select !== document.activeElement) select.value = person.behaviour;
  select.onchange = async () => {
    await send('PUT', `/persons/${encodeURIComponent(person.open_id)}/behaviour`, { behaviour: select.value });
    select.blur();
    await refresh();
  };
  row.querySelector('.use').onclick = () => issue({ open_id: person.open_id, credential: at('credential').value });
}

function fillRow(row, asked) {
  const time = row.querySelector('time');
  time.dateTime = asked.at;
  time.textContent = new Date(asked.at).toLocaleTimeString(document.documentElement.lang, { hour12: false });
  const status = row.querySelector('.status');
  status.textContent = asked.status || status.dataset.none;
  row.querySelector('.query').textContent = asked.question;
  row.querySelector('.body').textContent = asked.body;
}

async function refresh() {
  const reply = await fetch(`${here}/state?run=${run}&version=${version}`).catch(() => null);
  at('offline').hidden = reply?.ok ?? false;
  if (!reply?.ok || reply.status === 204) return;
  const state = await reply.json();
  if (run && run !== state.run) { location.reload(); return; } // the host was restarted
  ({ run, version } = state);
  known = state;
  at('persons-none').hidden = state.persons.length > 0;
  at('journal-none').hidden = state.journal.length > 0;
  keep(at('persons'), state.persons, person => person.open_id, 'person', fillPerson);
  keep(at('journal'), state.journal, row => row.number, 'row', fillRow);
}

at('issue').addEventListener('submit', async submitted => {
  submitted.preventDefault();
  const form = submitted.target;
  const asked = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  if (await issue(asked)) form.elements.nickname.value = '';
});

poll(refresh);
