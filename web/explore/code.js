// A request as code: to copy into a shell or a program.

import * as models from './models.js';

export const kinds = { json: 'JSON', curl: 'curl', gorgon: 'gorgon', go: 'Go', js: 'js-sdk' };

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`; // for a shell

export function json(request) { return JSON.stringify(request, null, 2); }

export function curl(request, text) {
  return `curl -s -X POST ${quoted(location.origin + '/admin/query')} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d ${quoted(text || JSON.stringify(request))}`;
}

// gorgon returns the command with flags if they can say it, else with the JSON.
export function gorgon(request, text) {
  const filters = flags(request.entity, request.filters);
  const { entity, fields, filters: f, order, limit, ...more } = request;
  delete more.count;
  const plainly = filters && Array.isArray(fields) && fields.length && (!order || Array.isArray(order)) && (limit === undefined || limit > 0);
  if (!plainly || Object.keys(more).length) return `gorgon query --request - <<'END'\n${text || json(request)}\nEND`;
  const words = ['gorgon query', /^\w+$/.test(entity) ? entity : quoted(entity), '--fields', quoted(fields.join(','))];
  for (const one of filters) words.push('--filter', quoted(one));
  if (order && order.length) words.push(`--order=${quoted(order.join(','))}`);
  if (limit) words.push('--limit', String(limit));
  return words.join(' ');
}

// flags returns the values of --filter, or null if the filter has no such form.
function flags(entity, filters) {
  const out = [];
  if (filters !== undefined && (filters === null || typeof filters !== 'object' || Array.isArray(filters))) return null;
  for (const [path, value] of Object.entries(filters || {})) {
    const at = models.lookup(entity, path);
    if (path.startsWith('$') || !at.field || at.field.kind === 'json' || at.rest.length) return null; // such as text that looks like a number
    const conditions = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [[Array.isArray(value) ? '$in' : '$eq', value]];
    for (const [op, v] of conditions) {
      const parts = [v].flat();
      const simple = parts.every((p) => (typeof p !== 'string' || (/^[^,]*$/.test(p) && p !== 'null' && p.trim() === p && p !== '')) && (p === null ? op === '$eq' && !Array.isArray(v) : typeof p !== 'object'));
      if (!/^\$(eq|ne|gt|gte|lt|lte|in|nin|like|ilike|re|fulltext)$/.test(op) || !simple || !parts.length || /[[\]=]/.test(path)) return null;
      out.push(op === '$eq' ? `${path}=${v}` : `${path}[${op}]=${parts.join(',')}`);
    }
  }
  return out;
}

export function js(request, text) {
  return `const { data, metadata } = await sdk.client.fetch("/admin/query", {\n  method: "POST",\n  body: ${(text || json(request)).replaceAll('\n', '\n  ')},\n})`;
}

const goKinds = { text: 'string', integer: 'int64', float: 'float64', decimal: 'money.Amount', boolean: 'bool', time: 'time.Time', json: 'json.RawMessage', 'list of text': '[]string' };
const initials = { id: 'ID', url: 'URL', sku: 'SKU', ean: 'EAN', upc: 'UPC', ip: 'IP', html: 'HTML' };

const goName = (name) => {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean).map((w) => initials[w] || w[0].toUpperCase() + w.slice(1));
  const joined = words.join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Field${joined}`;
};

// inGo are the keys of a request that go writes.
const inGo = new Set(['entity', 'fields', 'filters', 'order', 'limit', 'offset', 'after', 'with_deleted', 'version', 'count', 'keep_order', 'require_keys', 'lists']);

// nested returns the fields of a query.Nested.
function nested(l) {
  return [l.filters && `Filters: ${goValue(l.filters, 'query.Filters')}`, l.order && `Order: []string{${[l.order].flat().map((o) => JSON.stringify(o)).join(', ')}}`, l.limit && `Limit: ${l.limit}`, l.offset && `Offset: ${l.offset}`].filter(Boolean).join(', ');
}

// go returns a struct for the fields, and the call of query.List that fills it.
export function go(request) {
  const model = models.model(request.entity);
  if (!model) return '';
  const root = {};
  for (const path of [request.fields || []].flat()) grow(root, request.entity, path);
  const type = goName(request.entity);
  const options = [];
  if (request.filters && Object.keys(request.filters).length) options.push(`query.Where(${goValue(request.filters, 'query.Filters')})`);
  if (request.order && request.order.length) options.push(`query.OrderBy(${[request.order].flat().filter((o) => typeof o === 'string').map((o) => JSON.stringify(o)).join(', ')})`);
  if (request.limit) options.push(`query.Limit(${request.limit})`);
  if (request.offset) options.push(`query.Offset(${request.offset})`);
  if (request.after) options.push(`query.After(${JSON.stringify(request.after)})`);
  if (request.with_deleted) options.push('query.WithDeleted()');
  if (request.version) options.push(`query.AtVersion(${request.version})`);
  if (request.count) options.push('query.WithCount()');
  if (request.keep_order) options.push('func(r *query.Request) { r.KeepOrder = true }');
  if (request.require_keys) options.push('func(r *query.Request) { r.RequireKeys = true }');
  const lists = Object.entries(request.lists || {}).map(([path, l]) => `\t\t\t${JSON.stringify(path)}: {${nested(l)}},\n`);
  if (lists.length) options.push(`func(r *query.Request) {\n\t\tr.Lists = map[string]query.Nested{\n${lists.join('')}\t\t}\n\t}`);
  const left = Object.keys(request).filter((k) => !inGo.has(k));
  const call = [`ctx, app.Query, ${JSON.stringify(request.entity)}`, ...options].join(',\n\t');
  return `${left.length ? `// Not in this code: ${left.join(', ')}.\n` : ''}type ${type} struct {\n${structOf(root, 1)}}\n\nrecords, page, err := query.List[${type}](${call}${options.length ? ',\n' : ''})`;
}

// grow adds a path to the tree of fields: names to {many, kind} or below.
function grow(root, entity, path) {
  const names = path.split('.');
  let at = root;
  let walked = '';
  for (let i = 0; i < names.length; i++) {
    if (names[i].startsWith('$')) {
      const kind = names[i] === '$count' ? { kind: 'integer' } : (models.lookup(entity, walked + names.slice(i + 1).join('.')).field || { kind: 'decimal' });
      root[path] = root[path] || { leaf: { ...kind, null: names[i] !== '$count' } };
      return;
    }
    const found = models.lookup(entity, walked + names[i]);
    if (names[i] === '*' || (i === names.length - 1 && found.edge && !found.field && found.known)) {
      const edge = names[i] !== '*';
      const place = edge ? node(at, names[i], found.edge.many) : at;
      const here = models.lookup(entity, edge ? walked + names[i] : walked.slice(0, -1));
      for (const f of [...((here.model && here.model.fields) || []), ...((here.edge && here.edge.adds) || [])]) place[f.name] = place[f.name] || { leaf: f };
      return;
    }
    if (found.field || !found.edge || !found.known) {
      at[names[i]] = { leaf: found.field || { kind: 'json', null: true } };
      return;
    }
    at = node(at, names[i], found.edge.many);
    walked += names[i] + '.';
  }
}

function node(at, name, many) {
  at[name] = at[name] && at[name].below ? at[name] : { many, below: {} };
  return at[name].below;
}

function structOf(fields, depth) {
  const tabs = '\t'.repeat(depth);
  return Object.entries(fields).map(([name, f]) => {
    const tag = ` \`json:${JSON.stringify(name)}\`\n`;
    if (f.below) return `${tabs}${goName(name)} ${f.many ? '[]' : '*'}struct {\n${structOf(f.below, depth + 1)}${tabs}}${tag}`;
    const type = goKinds[f.leaf.kind] || 'json.RawMessage';
    return `${tabs}${goName(name)} ${f.leaf.null && !/^\[|Raw/.test(type) ? '*' : ''}${type}${tag}`;
  }).join('');
}

function goValue(v, type) {
  if (v === null) return 'nil';
  if (Array.isArray(v)) return v.every((x) => x !== null && typeof x === 'object' && !Array.isArray(x)) ? `[]query.Filters{${v.map((x) => goValue(x, '')).join(', ')}}` : `[]any{${v.map((x) => goValue(x, 'query.Filters')).join(', ')}}`;
  if (typeof v === 'object') return `${type}{${Object.entries(v).map(([k, x]) => `${JSON.stringify(k)}: ${goValue(x, 'query.Filters')}`).join(', ')}}`;
  return JSON.stringify(v);
}

export const write = { json, curl, gorgon, go, js };
