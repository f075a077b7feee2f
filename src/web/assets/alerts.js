// What the list does besides when there is JavaScript: it tells of new alerts, and selects all of a page. It never moves
// a row under a hand: whoever wants to see what is new follows a link.

const live = document.querySelector('[data-live]');
const NEW = new Set(['raised', 'repeated', 'escalated', 'lapsed', 'reopened']);
const shown = new Set([...document.querySelectorAll('input[name="alert"]')].map(({ value }) => value));
const fresh = new Set();

const tell = (words) => {
  const link = document.createElement('a');
  Object.assign(link, { href: live.dataset.href, className: 'govuk-link', textContent: live.dataset.show });
  const text = document.createElement('p');
  text.className = 'cw-live__line cw-live__line--new';
  text.append(`${words} `, link);
  live.replaceChildren(text);
};

const listen = () => {
  const stream = new EventSource(live.dataset.stream);
  stream.addEventListener('message', ({ data }) => {
    const { alertId, kind } = JSON.parse(data);
    if (!NEW.has(kind) || (kind !== 'raised' && shown.has(alertId))) return;
    fresh.add(alertId);
    tell(fresh.size === 1 ? live.dataset.one : live.dataset.several.replace('{n}', fresh.size));
  });
  // Refused, as after the end of a sign-in, it is not tried again: silence must not pass for calm.
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) tell(live.dataset.over);
  });
  return stream;
};

if (live && !['still-true', 'closed'].includes(live.dataset.view)) {
  // A browser opens few connections to one place: a window in the background leaves them to the others, and hears all
  // of it again when somebody looks.
  let stream = document.hidden ? undefined : listen();
  document.addEventListener('visibilitychange', () => {
    stream?.close();
    stream = document.hidden ? undefined : listen();
  });
}

// Where there is little room the list comes first, and the filter on demand.
const filter = document.querySelector('.cw-filter__fold');
if (filter) filter.open = !matchMedia('(max-width: 61.24em)').matches;

const head = document.querySelector('[data-select-all]');
if (head) {
  const all = document.createElement('input');
  Object.assign(all, { type: 'checkbox', id: 'select-all', className: 'govuk-checkboxes__input' });
  const label = document.createElement('label');
  Object.assign(label, { htmlFor: 'select-all', className: 'govuk-label govuk-checkboxes__label' });
  const words = document.createElement('span');
  Object.assign(words, { className: 'govuk-visually-hidden', textContent: head.dataset.selectAll });
  label.append(words);
  const item = document.createElement('div');
  item.className = 'govuk-checkboxes__item';
  item.append(all, label);
  const boxes = document.createElement('div');
  boxes.className = 'govuk-checkboxes govuk-checkboxes--small';
  boxes.append(item);
  head.append(boxes);
  all.addEventListener('change', () => {
    for (const box of document.querySelectorAll('input[name="alert"]')) box.checked = all.checked;
  });
}
