// Records as a table whose ids open records.

import { h } from './dom.js';
import * as models from './models.js';

const maxRows = 200; // drawn at once
const maxText = 400; // characters of a cell

const plain = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);

// columnsOf returns the paths of the values of records: to-one records are spread.
function columnsOf(records, entity, short) {
  const paths = new Set();
  const walk = (value, prefix) => {
    for (const [name, v] of Object.entries(value)) {
      const at = models.lookup(entity, prefix + name);
      if (plain(v) && at.edge && !at.field) walk(v, prefix + name + '.');
      else if (v !== null || !(at.edge && !at.field)) paths.add(prefix + name);
    }
  };
  for (const r of records.slice(0, maxRows)) if (plain(r)) walk(r, '');
  if (!short) return [...paths];
  return [...paths].filter((p) => !/(^|\.)(updated_at|deleted_at)$/.test(p) && records.some((r) => valueAt(r, p) !== null));
}

function valueAt(record, path) {
  if (Object.hasOwn(record, path)) return record[path];
  let v = record;
  for (const name of path.split('.')) {
    if (!plain(v)) return null;
    v = v[name];
  }
  return v === undefined ? null : v;
}

// table returns the table of records of an entity, which may be those of a list
// inside a record: then prefix is its path. A short one leaves out columns without
// values.
export function table(records, entity, prefix = '', short = false) {
  const at = (path) => models.lookup(entity, prefix + path);
  const paths = columnsOf(records, prefix ? entityAt(entity, prefix) : entity, short);
  const body = h('tbody', null, records.slice(0, maxRows).map((r) => row(r)));
  function row(r) {
    return h('tr', null, paths.map((p) => cell(valueAt(r, p), p, at(p))));
  }
  function cell(v, path, found) {
    if (Array.isArray(v) && v.some(plain)) {
      const open = (e) => { if (e.target === e.currentTarget && e.target.open && e.target.children.length === 1) e.target.append(table(v, entity, prefix + path + '.', true)); };
      return h('td', null, h('details', { toggle: open }, h('summary', null, `${v.length}`)));
    }
    return h('td', { class: typeof v === 'number' ? 'num' : null }, link(v, path, found));
  }
  function link(v, path, found) {
    const owner = models.lookup(entity, (prefix + path).split('.').slice(0, -1).join('.')).model;
    const column = path.split('.').pop();
    if (typeof v === 'string' && found.field && owner && column === models.keyOf(owner)) return h('a', { href: models.recordLink(owner.entity, v), dir: 'auto' }, shown(v));
    const to = typeof v === 'string' && column.endsWith('_id') && models.entityOfId(v);
    return to ? h('a', { href: models.recordLink(to, v), dir: 'auto' }, shown(v)) : shown(v);
  }
  const more = records.length > maxRows ? h('button', { type: 'button', click: () => { body.append(...records.slice(body.children.length, body.children.length + 1000).map(row)); more.hidden = body.children.length >= records.length; } }, `Show more of ${records.length}`) : null;
  return h('div', { class: prefix ? null : 'scroll' }, h('table', null, h('thead', null, h('tr', null, paths.map((p) => h('th', { scope: 'col' }, p)))), body), more);
}

function entityAt(entity, prefix) {
  const m = models.lookup(entity, prefix.slice(0, -1)).model;
  return m ? m.entity : entity;
}

// shown returns a value as an element.
export function shown(v) {
  if (v === null || v === undefined) return h('span', { class: 'null' }, 'null');
  const text = typeof v === 'object' ? JSON.stringify(v) : String(v);
  return h('span', { dir: 'auto', title: text.length > maxText ? text.slice(0, 4000) : null }, text.length > maxText ? text.slice(0, maxText) + ' …' : text);
}
