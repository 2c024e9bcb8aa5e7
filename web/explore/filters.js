// Filters as a tree of groups and conditions, from JSON and back.
//
// A group is {group: '$and' | '$or' | '$not', items}, a condition {path, op, value},
// and a condition on records of a relation {path, each: '' | '$some' | '$every' |
// '$none', items}.

import { h } from './dom.js';
import * as models from './models.js';

const words = { $eq: '=', $ne: '≠', $gt: '>', $gte: '≥', $lt: '<', $lte: '≤', $in: 'one of', $nin: 'none of', $like: 'like', $ilike: 'like, any case', $re: 'matches RE', $fulltext: 'has the words', $exists: 'exists', $contains: 'list has all of', $overlap: 'list has one of', $contained: 'list only has', null: 'is null', $nenull: 'is not null' };
const lists = new Set(['$in', '$nin', '$contains', '$overlap', '$contained']);
const quantifiers = { '': 'some record, with all of', $some: 'some record ($some)', $every: 'every record ($every)', $none: 'no record ($none)' };
const groups = { $and: 'all of', $or: 'any of', $not: 'not all of' };

export const empty = () => ({ group: '$and', items: [] });

// parse returns the tree of a filter.
export function parse(filter) {
  return { group: '$and', items: entries(filter || {}) };
}

const plain = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);

function entries(object) {
  return Object.entries(object).flatMap(([key, value]) => {
    if (key === '$and' || key === '$or') return [{ group: key, items: [value].flat().map((v) => one(parse(v))) }];
    if (key === '$not') return [{ group: '$not', items: entries(value) }];
    return condition(key, value);
  });
}

// one leaves out a group with a single item.
const one = (node) => (node.group === '$and' && node.items.length === 1 ? node.items[0] : node);

function condition(path, value) {
  if (value === null) return [{ path, op: 'null', value: null }];
  if (Array.isArray(value)) return [{ path, op: '$in', value, short: true }];
  if (!plain(value)) return [{ path, op: '$eq', value }];
  return Object.entries(value).reduce((out, [key, v]) => {
    if (key === '$some' || key === '$every' || key === '$none') out.push({ path, each: key, items: entries(v || {}) });
    else if (key === '$ne' && v === null) out.push({ path, op: '$nenull', value: null });
    else if (words[key]) out.push({ path, op: key, value: v });
    else {
      let nested = out.find((n) => n.each === '');
      if (!nested) out.push(nested = { path, each: '', items: [] });
      nested.items.push(...entries({ [key]: v }));
    }
    return out;
  }, []);
}

// build returns the JSON of a tree.
export function build(node) {
  const parts = node.items.map(part).filter(Boolean);
  if (node.group === '$or') return { $or: parts };
  const all = join(parts);
  return node.group === '$not' ? { $not: all } : all;
}

function part(node) {
  if (node.group) return node.items.length ? build(node) : null;
  if (!node.path) return null;
  if (node.each !== undefined) {
    const below = join(node.items.map(part).filter(Boolean));
    return { [node.path]: node.each ? { [node.each]: below } : below };
  }
  if (node.op === 'null') return { [node.path]: null };
  if (node.op === '$nenull') return { [node.path]: { $ne: null } };
  return { [node.path]: node.op === '$eq' || (node.op === '$in' && node.short) ? node.value : { [node.op]: node.value } };
}

// join makes one object of several, with $and where they have a key in common.
function join(parts) {
  const keys = parts.flatMap(Object.keys);
  return new Set(keys).size === keys.length ? Object.assign({}, ...parts) : { $and: parts };
}

// editor returns the elements that edit a tree. changed is called after each edit,
// redraw after one that changes the tree's shape.
export function editor(node, entity, prefix, changed, redraw) {
  const add = (item) => { node.items.push(item); redraw(); };
  return h('div', { class: 'filters' },
    node.items.map((item) => h('div', null, line(item, node, entity, prefix, changed, redraw))),
    h('div', { class: 'row' },
      h('button', { type: 'button', 'data-add': 'condition', click: () => add({ path: '', op: '$eq', value: '' }) }, '+ condition'),
      h('button', { type: 'button', 'data-add': 'records', click: () => add({ path: '', each: '$some', items: [] }) }, '+ records'),
      h('button', { type: 'button', 'data-add': 'group', click: () => add({ group: '$or', items: [] }) }, '+ group')));
}

function line(item, parent, entity, prefix, changed, redraw) {
  const remove = h('button', { type: 'button', 'aria-label': 'Remove', click: () => { parent.items.splice(parent.items.indexOf(item), 1); redraw(); } }, '×');
  if (item.group) {
    return [h('div', { class: 'row' }, select(groups, item.group, 'Group', (v) => { item.group = v; changed(); }), remove), editor(item, entity, prefix, changed, redraw)];
  }
  const path = pathInput(item, entity, prefix, changed, redraw);
  if (item.each !== undefined) {
    return [h('div', { class: 'row' }, path, select(quantifiers, item.each, 'Which records', (v) => { item.each = v; changed(); }), remove),
      item.path ? editor(item, entity, prefix + item.path + '.', changed, redraw) : null];
  }
  const at = models.lookup(entity, prefix + item.path);
  const none = item.op === 'null' || item.op === '$nenull';
  const choices = at.field && at.field.enum.length ? h('datalist', { id: `enum-${nextId()}` }, at.field.enum.map((v) => h('option', { value: v }))) : null;
  const value = h('input', { 'aria-label': 'Value', value: none ? '' : text(item.value), hidden: none, placeholder: lists.has(item.op) ? 'a, b, c' : (at.field && at.field.kind) || 'value', list: choices && choices.id, input: (e) => { item.value = read(e.target.value, item.op, at.field); changed(); } });
  return h('div', { class: 'row' }, path, select(words, item.op, 'Operator', (v) => { item.op = v; item.value = read(value.value, v, at.field); redraw(); }), value, choices, remove);
}

function pathInput(item, entity, prefix, changed, redraw) {
  const options = h('datalist', { id: `paths-${nextId()}` });
  const fill = (typed) => options.replaceChildren(...models.complete(entity, prefix + typed).slice(0, 60).map((p) => h('option', { value: p.slice(prefix.length) })));
  fill(item.path);
  return h('span', null, h('input', { 'aria-label': 'Path', placeholder: 'path', value: item.path, list: options.id, input: (e) => { item.path = e.target.value.trim(); fill(item.path); if (item.path && !item.path.endsWith('.')) changed(); }, change: redraw }), options);
}

let ids = 0;
const nextId = () => ++ids;

function select(options, chosen, label, change) {
  return h('select', { 'aria-label': label, value: chosen, change: (e) => change(e.target.value) }, Object.entries(options).map(([v, word]) => h('option', { value: v, selected: v === chosen }, word)));
}

const text = (v) => (Array.isArray(v) ? v.map(text).join(', ') : v !== null && typeof v === 'object' ? JSON.stringify(v) : String(v ?? ''));

// read returns the value that was typed, by the kind of its column.
export function read(typed, op, field) {
  if (lists.has(op)) return typed.split(',').map((t) => read(t.trim(), '$eq', field)).filter((v) => v !== '');
  if (op === 'null' || op === '$nenull') return null;
  if (op === '$exists') return typed !== 'false';
  const kind = field && field.kind;
  if (kind === 'boolean' && (typed === 'true' || typed === 'false')) return typed === 'true';
  const numeric = !field || kind === 'integer' || kind === 'float' || kind === 'decimal' || kind === 'json';
  return numeric && /^-?\d+(\.\d+)?$/.test(typed) && (typed.replace(/\D/g, '').length < 16) ? Number(typed) : typed;
}
