// A record on a page of its own, with all that it is linked to.

import { post, query } from './api.js';
import { h, number, show } from './dom.js';
import * as models from './models.js';
import { shown, table } from './table.js';

const pageSize = 10; // records of a list

// What a person thinks of first, in this order; the rest follows by name.
const layouts = {
  order: ['customer', 'cart', 'items', 'promotions', 'payment_collections', 'fulfillments', 'returns', 'claims', 'exchanges', 'region', 'sales_channel', 'shipping_address', 'billing_address', 'shipping_methods', 'summary'],
};

// What is read of lists, where it is not all columns.
const columns = {
  'order.items': ['id', 'title', 'quantity', 'unit_price', 'product.id', 'product.title', 'variant.id', 'variant.title', 'variant.sku', 'detail.fulfilled_quantity', 'detail.shipped_quantity', 'detail.return_received_quantity'],
  'order.payment_collections': ['*', 'payments.*'], 'order.fulfillments': ['*', 'items.*'], 'order.returns': ['*', 'items.*'], 'order.claims': ['*', 'claim_items.*'], 'order.exchanges': ['*', 'additional_items.*'],
};

export async function open(root, entity, id) {
  const model = models.model(entity);
  if (!model) {
    show(root, h('h1', null, 'No such entity'), h('p', { class: 'error' }, `This server has no entity ${JSON.stringify(entity || '')}; another version of it may.`));
    return;
  }
  const page = { root, model, id, key: models.keyOf(model) || model.key[0], version: 0 };
  await draw(page);
}

// edges returns the edges of a model in the order of the page, without those to
// the rows of links, and each link once if it has several names.
function edges(model) {
  const first = layouts[model.entity] || [];
  const place = (e) => (first.indexOf(e.name) + 1 || first.length + 1);
  const seen = new Set();
  return model.edges.filter((e) => e.kind !== 'rows' && models.model(e.to)).sort((a, b) => place(a) - place(b)).filter((e) => {
    const link = `${e.held_by} ${e.to}`;
    return e.kind !== 'stored' || (!seen.has(link) && seen.add(link));
  });
}

// where returns the filter of the record.
const where = (page) => ({ [page.key]: page.id });

async function draw(page) {
  const { root, model, id } = page;
  const one = edges(model).filter((e) => !e.many);
  const many = edges(model).filter((e) => e.many);
  const base = { entity: model.entity, filters: where(page), limit: 1, with_deleted: model.soft_deletes, ...(page.version ? { version: page.version } : {}) };
  const { data } = await query({ ...base, fields: ['*', ...one.map((e) => `${e.name}.*`)] });
  if (data.length === 0) {
    show(root, h('h1', null, h('span', { dir: 'auto' }, `${model.entity} ${id}`)), h('p', { class: 'error' }, 'There is no such record.'));
    return;
  }
  const record = data[0];
  const counts = many.length ? (await query({ ...base, with_deleted: false, fields: [page.key, ...many.map((e) => `${e.name}.$count`)] })).data[0] || {} : {};
  page.record = record;
  show(root,
    h('h1', { dir: 'auto' }, `${model.entity} ${id}`),
    h('p', { class: 'small' }, origin(record), record.deleted_at ? h('b', { class: 'warn' }, ` deleted ${record.deleted_at}`) : null),
    versions(page),
    h('div', { class: 'cards' },
      h('section', { class: 'card' }, h('h2', null, 'Columns'), values(record, model)),
      edges(model).map((e) => (e.many ? listCard(page, e, counts[`${e.name}.$count`]) : oneCard(page, e, record[e.name]))),
      historyCard(page)));
}

function origin(record) {
  const made = record.created_at ? `created ${record.created_at}` : '';
  const changed = record.updated_at && record.updated_at !== record.created_at ? `, changed ${record.updated_at}` : '';
  return made + changed;
}

// values shows the columns of a record.
function values(record, model) {
  return h('dl', null, model.fields.filter((f) => f.name in record).map((f) => {
    const v = record[f.name];
    const to = typeof v === 'string' && f.name.endsWith('_id') && models.entityOfId(v);
    return [h('dt', null, f.name), h('dd', null, to ? h('a', { href: models.recordLink(to, v), dir: 'auto' }, v) : shown(v))];
  }));
}

// versions lets the reader see an order as of any of its versions.
function versions(page) {
  const current = page.record.version;
  if (page.model.entity !== 'order' || !(current > 1)) return null;
  return h('p', { class: 'row' }, h('label', null, 'As of version ', h('select', { id: 'version', 'aria-label': 'Version', change: (e) => { page.version = Number(e.target.value); draw(page).then(() => { const v = document.getElementById('version'); if (v) v.focus(); }); } },
    Array.from({ length: current }, (_, i) => current - i).map((v) => h('option', { value: v === current ? 0 : v, selected: v === page.version }, v === current ? `${v} (now)` : String(v))))));
}

function oneCard(page, edge, record) {
  const target = models.model(edge.to);
  const key = models.keyOf(target);
  return h('section', { class: 'card', 'data-edge': edge.name }, h('h2', null, edge.name, ' ', h('span', { class: 'badge' }, record ? 'one' : 'none')),
    record ? [key && record[key] ? h('p', null, h('a', { href: models.recordLink(target.entity, record[key]), dir: 'auto' }, record[key])) : null, summary(record, target)] : null,
    linking(page, edge, record ? [record] : []));
}

// summary shows what tells a record from others.
function summary(record, model) {
  const named = ['email', 'title', 'name', 'first_name', 'last_name', 'code', 'status', 'currency_code', 'amount', 'handle', 'sku', 'address_1', 'city', 'country_code'];
  const fields = model.fields.filter((f) => named.includes(f.name) && record[f.name] !== null && record[f.name] !== undefined);
  return fields.length ? values(record, { fields }) : h('details', null, h('summary', null, 'columns'), values(record, model));
}

function listCard(page, edge, count) {
  const body = h('div');
  const card = h('section', { class: `card${count ? ' wide' : ''}`, 'data-edge': edge.name }, h('h2', null, edge.name, ' ', h('span', { class: 'badge', 'data-total': edge.name }, number(count || 0))), body, linking(page, edge, null));
  if (count) loadList(page, edge, body, 0, count);
  return card;
}

async function loadList(page, edge, body, offset, count) {
  const read = (columns[`${page.model.entity}.${edge.name}`] || ['*']).map((f) => `${edge.name}.${f}`);
  const request = { entity: page.model.entity, fields: [page.key, ...read], filters: where(page), limit: 1, lists: { [edge.name]: { limit: pageSize, offset } }, ...(page.version ? { version: page.version } : {}) };
  try {
    const { data } = await query(request);
    const records = (data[0] && data[0][edge.name]) || [];
    const go = (to) => loadList(page, edge, body, to, count);
    show(body, h('div', { class: 'scroll' }, table(records, page.model.entity, edge.name + '.', true)),
      count > pageSize ? h('p', { class: 'row' }, h('button', { type: 'button', disabled: offset === 0, click: () => go(Math.max(0, offset - pageSize)) }, '‹'), `${offset + 1}–${offset + records.length} of ${number(count)}`, h('button', { type: 'button', disabled: offset + pageSize >= count, click: () => go(offset + pageSize) }, '›')) : null);
  } catch (e) {
    if (e.name !== 'AbortError') show(body, h('p', { class: 'error' }, e.message));
  }
}

// linking links and dismisses, where a stored link leads from the record.
function linking(page, edge, records) {
  if (edge.kind !== 'stored' || page.record.deleted_at) return null;
  const error = h('p', { class: 'error', role: 'alert' });
  const input = h('input', { placeholder: `id of a ${edge.to}`, 'aria-label': `Id of a ${edge.to} to link or dismiss`, 'data-link-id': edge.name, value: records && records[0] ? records[0][models.keyOf(models.model(edge.to))] || '' : '' });
  const call = async (path) => {
    error.textContent = '';
    const id = input.value.trim();
    if (!id) { error.textContent = `Type the id of a ${edge.to}.`; return; }
    try {
      const name = edge.held_by.replace(/^table /, '');
      const { count } = await post(path, { links: [{ [page.model.entity]: page.id, [edge.to]: id }], link: name });
      if (path.endsWith('dismiss') && !count) { error.textContent = 'They are not linked.'; return; }
      await draw(page);
    } catch (e) {
      error.textContent = e.message;
    }
  };
  return h('details', null, h('summary', { class: 'small' }, 'link or dismiss'),
    h('p', { class: 'row' }, input, h('button', { type: 'button', 'data-do': `link ${edge.name}`, click: () => call('/admin/links') }, 'Link'), h('button', { type: 'button', 'data-do': `dismiss ${edge.name}`, click: () => call('/admin/links/dismiss') }, 'Dismiss')), error);
}

// historyCard shows the rows of the record's stored links, dismissed ones too.
function historyCard(page) {
  const stored = page.model.links.filter((e) => e.kind === 'rows' && models.model(e.to));
  if (!stored.length) return null;
  const body = h('div');
  const load = async () => {
    show(body, 'Reading …');
    try {
      const { data } = await query({ entity: page.model.entity, fields: [page.key, ...stored.map((e) => `${e.name}.*`)], filters: where(page), limit: 1, with_deleted: true });
      const rows = stored.flatMap((e) => [((data[0] || {})[e.name]) || []].flat().map((r) => ({ link: models.model(e.to).entity, ...r })));
      rows.sort((a, b) => String(b.updated_at).localeCompare(String(a.updated_at)));
      show(body, rows.length ? h('div', { class: 'scroll', id: 'history' }, h('table', null, h('thead', null, h('tr', null, ['link', 'to', 'linked', 'dismissed', 'columns'].map((t) => h('th', { scope: 'col' }, t)))),
        h('tbody', null, rows.map((r) => historyRow(r, page))))) : h('p', null, 'It was never linked.'));
    } catch (e) {
      show(body, h('p', { class: 'error' }, e.message));
    }
  };
  return h('section', { class: 'card wide' }, h('details', { toggle: (e) => { if (e.target.open) load(); } }, h('summary', null, 'History of its links'), body));
}

function historyRow(row, page) {
  const { link, id, created_at: made, updated_at: changed, deleted_at: ended, ...rest } = row;
  const keys = Object.entries(rest).filter(([k, v]) => k.endsWith('_id') && v !== page.id);
  const others = Object.entries(rest).filter(([k, v]) => !k.endsWith('_id') && v !== null);
  const cell = (...c) => h('td', null, c);
  const to = (v) => { const entity = typeof v === 'string' && models.entityOfId(v); return entity ? h('a', { href: models.recordLink(entity, v), dir: 'auto' }, v) : shown(v); };
  return h('tr', { title: id }, cell(link), cell(keys.map(([, v]) => to(v))), cell(made || changed || ''), cell(ended || ''), cell(others.map(([k, v]) => `${k}: ${JSON.stringify(v)}`).join(', ')));
}
