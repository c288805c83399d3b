// The registration page. Only shows and hides: what may be registered, the server decides, and the form works without this.
'use strict';

const form = document.getElementById('register');
const named = name => [...form.elements].filter(e => e.name === name && !e.disabled);

function values(name) {
  return named(name).filter(e => !/radio|checkbox/.test(e.type) || e.checked).map(e => e.value);
}

// In the form's order, so that what hangs on a hidden field is hidden too.
function showFields() {
  for (const field of form.querySelectorAll('[data-show]')) {
    const shown = values(field.dataset.show).some(v => JSON.parse(field.dataset.values).includes(v));
    field.hidden = !shown;
    for (const input of field.querySelectorAll('input, select')) {
      input.disabled = !shown;
      if ('required' in input.dataset) input.required = shown;
    }
  }
}

const clash = (a, b) => a !== b && !('overlaps' in a.dataset) && !('overlaps' in b.dataset) && +a.dataset.from < +b.dataset.to && +b.dataset.from < +a.dataset.to;

function choose() {
  const ticket = form.querySelector('input[name=ticket]:checked');
  const agendas = [...form.querySelectorAll('input[name=agenda]')];
  for (const a of agendas) {
    a.disabled = 'full' in a.dataset || (a.dataset.parent !== '' && a.dataset.parent !== ticket?.value);
    if (a.disabled) a.checked = false;
  }
  const chosen = agendas.filter(a => a.checked);
  for (const a of agendas) a.disabled ||= !a.checked && chosen.some(c => clash(a, c));
  const count = form.elements.quantity;
  if (count && ticket) {
    count.max = ticket.dataset.most;
    count.closest('label').hidden = ticket.dataset.most === '1';
    if (+count.value > +count.max) count.value = count.max;
  }
}

form.addEventListener('change', () => { showFields(); choose(); });
form.addEventListener('submit', () => { form.querySelector('button.primary').disabled = true; });
// The browser's way back shows the page as it was left.
addEventListener('pageshow', () => { form.querySelector('button.primary').disabled = false; showFields(); choose(); });
(form.querySelector('[aria-invalid]') || document.getElementById('alarm'))?.scrollIntoView({ block: 'center' });
