// The sandbox's page. What people typed arrives as JSON and is put in as text, never as markup.
import { at, keep, poll } from './sandbox.js';

const here = '/sandbox/standard';
const texts = at('texts').dataset;

let run = '';
let version = -1;
let corpId = '';
let chosen = '';

const send = (method, path, body) => fetch(here + path, {
  method,
  headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
  body: JSON.stringify(body),
});

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
  row.querySelector('.use').onclick = () => { show(person); at('issued-title').focus(); };
  if (person.open_id === chosen) show(person);
}

function fillCheck(line, check) {
  const right = check.result.startsWith('ok');
  const result = line.querySelector('.result');
  result.textContent = texts[check.result];
  result.className = 'result ' + (right ? 'good' : check.result === 'wrong' ? 'bad' : '');
  line.querySelector('code').textContent = check.result === 'absent' ? '' : check.signed;
}

function fillRow(row, asked) {
  if (row.dataset.filled) return; // what was asked never changes
  row.dataset.filled = '1';
  const time = row.querySelector('time');
  time.dateTime = asked.at;
  time.textContent = new Date(asked.at).toLocaleTimeString(document.documentElement.lang, { hour12: false });
  const status = row.querySelector('.status');
  status.textContent = asked.status || status.dataset.none;
  status.classList.add(asked.status === 200 ? 'good' : 'bad');
  const body = row.querySelector('.body');
  body.textContent = asked.status ? asked.body || body.dataset.empty : '';
  row.querySelector('.query').textContent = '?' + asked.query;
  fillCheck(row.querySelector('.sign'), asked.sign);
  fillCheck(row.querySelector('.header'), asked.header);
}

function show(person) {
  chosen = person.open_id;
  at('issued').hidden = false;
  at('issued').querySelector('.who').textContent = person.nickname ?? '';
  at('open-id').textContent = person.open_id;
  at('access-token').textContent = person.access_token;
  // Every value is of an alphabet that a shell's quotes cannot be left with: the server sees to it.
  const asked = JSON.stringify({ source: 10, corp_id: corpId, open_id: person.open_id, access_token: person.access_token });
  const json = "-H 'Content-Type: application/json'";
  keep(at('curls'), [
    `curl -s ${location.origin}/v2/user/third/register_check \\\n  ${json} \\\n  -d '${asked}'`,
    `curl -s ${location.origin}/v2/user_auth_third \\\n  ${json} \\\n  -d '${asked}'`,
    `curl -s ${location.origin}/v2/user/$USER_ID \\\n  -H "Access-Token: $ACCESS_TOKEN"`,
  ], line => line.split(' ')[2], 'curl', (box, line) => { box.querySelector('code').textContent = line; });
}

async function refresh() {
  const reply = await fetch(`${here}/state?run=${run}&version=${version}`).catch(() => null);
  at('offline').hidden = reply?.ok ?? false;
  if (!reply?.ok || reply.status === 204) return;
  const state = await reply.json();
  if (run && run !== state.run) { location.reload(); return; } // the host was restarted
  ({ run, version, corp_id: corpId } = state);
  at('person-count').textContent = state.person_count || '';
  at('persons-none').hidden = state.person_count > 0;
  at('journal-none').hidden = state.journal.length > 0;
  keep(at('persons'), state.persons, person => person.open_id, 'person', fillPerson);
  keep(at('journal'), state.journal, row => row.number, 'row', fillRow);
}

at('issue').addEventListener('submit', async submitted => {
  submitted.preventDefault();
  const form = submitted.target;
  const reply = await send('POST', '/issue', Object.fromEntries([...new FormData(form)].filter(([, value]) => value)));
  const answer = await reply.json();
  at('issue-error').hidden = reply.ok;
  if (!reply.ok) {
    at('issue-error').textContent = answer.error.msg;
    form.elements[answer.error.field]?.focus();
    return;
  }
  chosen = answer.open_id;
  form.reset();
  await refresh();
  at('issued-title').focus();
});

poll(refresh);
