// The descriptions of models, by which paths are looked up.

import { get } from './api.js';

let list = [];
const byName = new Map();
const byPrefix = new Map(); // entities, by the prefix of their ids

export async function load() {
  const { models } = await get('/admin/models', { first: true });
  list = models;
  byName.clear();
  for (const m of models) {
    m.edges = [...m.relations, ...m.links];
    for (const name of m.names) byName.set(name, m);
    if (m.prefix) byPrefix.set(m.prefix, m.entity);
  }
}

export const all = () => list;
export const model = (entity) => byName.get(entity);

// step returns the field or edge of a name: {field}, {edge, model} or null.
// Columns that the edge before adds are fields as well.
function step(at, name) {
  const edge = at.model && at.model.edges.find((e) => e.name === name);
  if (edge) return { edge, model: byName.get(edge.to) };
  const field = (at.model && at.model.fields.find((f) => f.name === name)) || (at.edge && (at.edge.adds || []).find((f) => f.name === name));
  return field ? { field, model: null, edge: null } : null;
}

// lookup follows a dotted path from an entity. It returns the last place that it
// knows, whether the path ends there, and whether it goes through a list.
export function lookup(entity, path) {
  let at = { model: byName.get(entity), edge: null, field: null };
  let many = false;
  const names = path ? path.split('.') : [];
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === '*' || name.startsWith('$')) return { ...at, many, known: true, rest: names.slice(i) };
    const next = at.field ? null : step(at, name);
    if (!next) return { ...at, many, known: Boolean(at.field && at.field.kind === 'json'), rest: names.slice(i) };
    many = many || Boolean(next.edge && next.edge.many);
    at = next;
  }
  return { ...at, many, known: true, rest: [] };
}

// names returns what may come after a path, edges with a dot.
export function names(entity, path) {
  const at = lookup(entity, path);
  if (!at.known || at.field || !at.model || at.rest.length) return [];
  const columns = [...at.model.fields, ...((at.edge && at.edge.adds) || [])].map((f) => f.name);
  const more = at.edge && at.edge.many ? ['$count', '$sum', '$min', '$max'] : [];
  return [...columns, ...at.model.edges.map((e) => e.name + '.'), ...more];
}

// complete returns the paths that a beginning may become.
export function complete(entity, typed) {
  const cut = typed.lastIndexOf('.') + 1;
  const before = typed.slice(0, cut);
  const begun = typed.slice(cut).toLowerCase();
  return names(entity, before.replace(/\.$/, '')).filter((n) => n.toLowerCase().startsWith(begun)).map((n) => before + n);
}

// keyOf returns the column by which records of an entity are opened.
export const keyOf = (m) => (m && m.key.length === 1 ? m.key[0] : null);

export const recordLink = (entity, id) => `#/record/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`;

// entityOfId returns the entity whose ids have the prefix of an id, or null.
export const entityOfId = (id) => byPrefix.get(id.slice(0, id.lastIndexOf('_'))) || null;
