// The tree of fields: columns to tick, and relations and links that open.

import { h, show } from './dom.js';
import * as models from './models.js';

// tree returns the tree of an entity. chosen is the request's list of fields, and
// lists its limits of lists; changed is called after either was edited.
export function tree(entity, chosen, lists, changed) {
  const set = (path, on) => {
    const at = chosen.indexOf(path);
    if (on && at < 0) chosen.push(path);
    if (!on && at >= 0) chosen.splice(at, 1);
    changed();
  };
  const tick = (path, label, kind, title) => h('li', null, h('label', { title }, h('input', { type: 'checkbox', checked: chosen.includes(path), 'data-field': path, change: (e) => set(path, e.target.checked) }), label, h('span', { class: 'kind' }, kind)));

  const level = (model, prefix, edge) => {
    const columns = [...model.fields, ...((edge && edge.adds) || [])];
    return h('ul', { class: prefix ? null : 'tree' },
      tick(prefix + '*', 'all columns', ''),
      edge && edge.many ? aggregates(prefix, columns) : null,
      columns.map((f) => tick(prefix + f.name, f.name, f.kind + (f.null ? ', null' : ''), f.enum.length ? f.enum.join(', ') : null)),
      model.edges.map((e) => branch(e, prefix)));
  };

  const aggregates = (prefix, columns) => {
    const numeric = columns.filter((f) => ['integer', 'float', 'decimal'].includes(f.kind));
    const path = prefix.slice(0, -1);
    return [
      tick(prefix + '$count', 'how many', '$count'),
      numeric.length ? h('li', null, h('select', { 'aria-label': `Aggregate of ${path}`, change: (e) => { if (e.target.value) set(prefix + e.target.value, true); e.target.value = ''; } },
        h('option', { value: '' }, 'sum, min or max of …'), numeric.flatMap((f) => ['$sum', '$min', '$max'].map((a) => h('option', { value: `${a}.${f.name}` }, `${a}.${f.name}`))))) : null,
      h('li', null, h('label', { class: 'small' }, 'at most ', h('input', { type: 'number', min: '1', 'aria-label': `Limit of ${path}`, value: (lists[path] && lists[path].limit) || '', input: (e) => {
        const n = Number(e.target.value);
        lists[path] = { ...lists[path], limit: n };
        if (!n) delete lists[path].limit;
        if (!Object.keys(lists[path]).length) delete lists[path];
        changed();
      } }))),
    ];
  };

  const branch = (e, prefix) => {
    const model = models.model(e.to);
    const path = prefix + e.name;
    const below = h('div');
    const used = chosen.some((f) => f === path || f.startsWith(path + '.'));
    const open = h('button', { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-label': `Fields of ${path}`, 'data-open': path, disabled: !model, click: () => toggle(!below.firstChild) }, '▸');
    const toggle = (on) => {
      open.setAttribute('aria-expanded', String(on));
      open.textContent = on ? '▾' : '▸';
      if (on) show(below, level(model, path + '.', e));
      else show(below);
    };
    if (used && model) toggle(true);
    const whole = model ? path + '.*' : path;
    return h('li', null, open, h('label', null, h('input', { type: 'checkbox', checked: chosen.includes(whole) || chosen.includes(path), 'data-field': whole, change: (event) => set(whole, event.target.checked) }), e.name), h('span', { class: 'kind' }, `${e.many ? 'many' : 'one'} ${e.to || 'outside'}${e.kind === 'relation' ? '' : ` · ${e.kind}`}`), below);
  };

  const model = models.model(entity);
  return model ? level(model, '', null) : h('p', { class: 'error' }, `There is no entity ${JSON.stringify(entity)}.`);
}
