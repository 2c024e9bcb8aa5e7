// Filters as a tree of groups and conditions, from JSON and back.
//
// An object is {all: nodes}; a node is one of its keys:
//   {group: '$and' | '$or', items: objects} or {group: '$not', item: object}
//   {path, op, value}                  a condition: {path: value}, or {path: {op: value}}
//   {path, each: object}               what some record fulfills: {path: {…}}
//   {path, each: object, how: '$none'} or with another quantifier: {path: {$none: {…}}}
//   {path, many: nodes}                several of them under one path
//   {path, raw: value}                 what has no form here, as it is
// What is parsed and built again is the same JSON, so the builder never changes
// the meaning of what was typed.

import { h, show } from './dom.js';
import * as models from './models.js';

const words = { $eq: '=', $ne: '≠', $gt: '>', $gte: '≥', $lt: '<', $lte: '≤', $in: 'one of', $nin: 'none of', $like: 'like', $ilike: 'like, any case', $re: 'matches RE', $fulltext: 'has the words', $exists: 'exists', $contains: 'list has all of', $overlap: 'list has one of', $contained: 'list only has', is: 'is', null: 'is null', notNull: 'is not null' };
const lists = new Set(['$in', '$nin', '$contains', '$overlap', '$contained']);
const quantifiers = { '': 'some record, with', $some: 'some record ($some)', $every: 'every record ($every)', $none: 'no record ($none)' };
const groups = { $and: 'all of', $or: 'any of', $not: 'not' };
const operators = new Set(Object.keys(words).filter((w) => w.startsWith('$')));

export const empty = () => ({ all: [] });

const plain = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);

// parse returns the tree of a filter, or null for what is no object.
export function parse(filter) {
  return plain(filter) ? { all: Object.entries(filter).map(([key, value]) => node(key, value)) } : null;
}

function node(key, value) {
  if (key === '$and' || key === '$or') {
    return Array.isArray(value) && value.every(plain) ? { group: key, items: value.map(parse) } : { path: key, raw: value };
  }
  if (key === '$not') return plain(value) ? { group: key, item: parse(value) } : { path: key, raw: value };
  if (!plain(value)) return { path: key, op: value === null ? 'null' : Array.isArray(value) ? 'is' : '$eq', value, short: true };
  const keys = Object.keys(value);
  const parts = keys.filter((k) => operators.has(k) || quantifiers[k]);
  if (parts.length === 0) return { path: key, each: parse(value), how: '' };
  if (parts.length !== keys.length) return { path: key, raw: value };
  const many = keys.map((k) => (quantifiers[k] ? { path: key, how: k, each: parse(value[k]) } : k === '$ne' && value[k] === null ? { path: key, op: 'notNull', value: null } : { path: key, op: k, value: value[k] }));
  if (many.some((n) => n.each === null)) return { path: key, raw: value };
  return many.length === 1 ? many[0] : { path: key, many };
}

// build returns the JSON of a tree. A key that occurs twice makes it an $and.
export function build(tree) {
  const parts = tree.all.map(pair).filter(Boolean);
  const keys = parts.map(([key]) => key);
  if (new Set(keys).size === keys.length) return Object.fromEntries(parts);
  return { $and: parts.map(([key, value]) => ({ [key]: value })) };
}

function pair(n) {
  if (n.group) return [n.group, n.group === '$not' ? build(n.item) : n.items.map(build)];
  if (!n.path) return null; // not typed yet
  if ('raw' in n) return [n.path, n.raw];
  if (n.many) return [n.path, Object.assign({}, ...n.many.map((m) => (plain(inner(m)) ? inner(m) : { $eq: inner(m) })))];
  return [n.path, inner(n)];
}

function inner(n) {
  if (n.each !== undefined) return n.how ? { [n.how]: build(n.each) } : build(n.each);
  if (n.op === 'null') return null;
  if (n.op === 'notNull') return { $ne: null };
  return n.op === 'is' || (n.op === '$eq' && n.short) ? n.value : { [n.op]: n.value };
}

// editor returns the elements that edit a tree. changed is called after each edit,
// redraw after one that changes the tree's shape.
export function editor(tree, entity, prefix, changed, redraw) {
  const add = (n) => { tree.all.push(n); redraw(); };
  return h('div', { class: 'filters' },
    tree.all.map((n) => h('div', null, line(n, tree, entity, prefix, changed, redraw))),
    h('div', { class: 'row' },
      h('button', { type: 'button', 'data-add': 'condition', click: () => add({ path: '', op: '$eq', value: '', short: true }) }, '+ condition'),
      h('button', { type: 'button', 'data-add': 'records', click: () => add({ path: '', how: '$some', each: empty() }) }, '+ records'),
      h('button', { type: 'button', 'data-add': 'group', click: () => add({ group: '$or', items: [empty()] }) }, '+ group')));
}

function line(n, tree, entity, prefix, changed, redraw) {
  const remove = h('button', { type: 'button', 'aria-label': 'Remove', click: () => { (tree.all || tree.many).splice((tree.all || tree.many).indexOf(n), 1); redraw(); } }, '×');
  if (n.group) return group(n, entity, prefix, changed, redraw, remove);
  if ('raw' in n) return h('div', { class: 'row' }, h('code', null, `${n.path}: ${JSON.stringify(n.raw)}`), remove);
  if (n.many) return n.many.map((m) => line(m, n, entity, prefix, changed, redraw));
  if (n.each) {
    const below = h('div');
    const fill = () => { if (n.path) show(below, editor(n.each, entity, prefix + n.path + '.', changed, redraw)); };
    fill();
    return [h('div', { class: 'row' }, pathInput(n, entity, prefix, changed, fill), select(quantifiers, n.how, 'Which records', (v) => { n.how = v; changed(); }), remove), below];
  }
  const [elements, refill] = operand(n, () => models.lookup(entity, prefix + n.path).field, changed);
  return h('div', { class: 'row' }, pathInput(n, entity, prefix, changed, refill), elements, remove);
}

function group(n, entity, prefix, changed, redraw, remove) {
  const items = n.group === '$not' ? [n.item] : n.items;
  const change = (v) => {
    const kept = n.group === '$not' ? [n.item] : n.items;
    n.group = v;
    delete n.item;
    delete n.items;
    if (v === '$not') n.item = kept.length === 1 ? kept[0] : { all: [{ group: '$and', items: kept }] };
    else n.items = kept;
    redraw();
  };
  return [h('div', { class: 'row' }, select(groups, n.group, 'Group', change), n.group === '$not' ? null : h('button', { type: 'button', 'data-add': 'item', click: () => { n.items.push(empty()); redraw(); } }, '+'), remove),
    items.map((item) => editor(item, entity, prefix, changed, redraw))];
}

// operand returns the elements of a condition's operator and value, and a function
// to call when the path leads elsewhere. A change of the operator keeps the value as
// it is, unless the operator needs another form.
function operand(n, column, changed) {
  const choices = h('datalist', { id: `enum-${nextId()}` });
  const value = h('input', { 'aria-label': 'Value', list: choices.id, input: (e) => { n.value = read(e.target.value, n.op, column()); changed(); } });
  const fill = () => {
    const field = column();
    show(choices, ((field && field.enum) || []).map((v) => h('option', { value: v })));
    value.hidden = n.op === 'null' || n.op === 'notNull';
    value.placeholder = isList(n) ? 'a, b, c' : (field && field.kind) || 'value';
    value.value = value.hidden ? '' : written(n.value, n.op, field);
  };
  const operator = select(words, n.op, 'Operator', (op) => {
    const typed = value.hidden ? '' : value.value;
    const before = isList(n);
    n.op = op;
    if (op === 'null' || op === 'notNull') n.value = null;
    else if (before !== isList(n) || n.value === null || op === '$exists') n.value = read(typed, op, column());
    fill();
    changed();
  });
  fill();
  return [[operator, value, choices], fill];
}

const isList = (n) => lists.has(n.op) || n.op === 'is';

function pathInput(n, entity, prefix, changed, moved) {
  const options = h('datalist', { id: `paths-${nextId()}` });
  const fill = (typed) => options.replaceChildren(...models.complete(entity, prefix + typed).slice(0, 60).map((p) => h('option', { value: p.slice(prefix.length) })));
  fill(n.path);
  return h('span', null, h('input', { 'aria-label': 'Path', placeholder: 'path', value: n.path, list: options.id, input: (e) => { n.path = e.target.value.trim(); fill(n.path); if (n.path && !n.path.endsWith('.')) changed(); }, change: moved }), options);
}

let ids = 0;
const nextId = () => ++ids;

function select(options, chosen, label, change) {
  return h('select', { 'aria-label': label, change: (e) => change(e.target.value) }, Object.entries(options).map(([v, word]) => h('option', { value: v, selected: v === chosen }, word)));
}

// isText reports whether values of a column are written without quotes.
const isText = (field) => field && !['integer', 'float', 'decimal', 'boolean', 'json'].includes(field.kind);

// written returns a value as it is typed: read of it is the same value.
function written(v, op, field) {
  if (Array.isArray(v)) {
    const plainly = v.map((x) => written(x, '$eq', field)).join(', ');
    return JSON.stringify(read(plainly, op, field)) === JSON.stringify(v) ? plainly : JSON.stringify(v);
  }
  const text = typeof v === 'string' ? v : JSON.stringify(v === undefined ? '' : v);
  return JSON.stringify(read(text, op, field)) === JSON.stringify(v) ? text : JSON.stringify(v);
}

// read returns the value that was typed: JSON where it is a number, a truth, null,
// in quotes or in brackets, but text in a column of text unless it is in quotes.
export function read(typed, op, field) {
  const text = typed.trim();
  if (lists.has(op) || op === 'is') {
    if (text.startsWith('[')) {
      try { return JSON.parse(text); } catch { /* it is being typed */ }
    }
    return text === '' ? [] : text.split(',').map((t) => read(t.trim(), '$eq', field));
  }
  if (op === '$exists') return text !== 'false';
  const quoted = text.startsWith('"') || text.startsWith('[') || text.startsWith('{');
  if (quoted || text === 'null' || (!isText(field) && (/^(true|false)$/.test(text) || isNumber(text)))) {
    try { return JSON.parse(text); } catch { /* it is being typed */ }
  }
  return typed;
}

// isNumber reports whether text is a number that JavaScript keeps as it is.
const isNumber = (text) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text;
