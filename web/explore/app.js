// The explorer: views by the part of the address after #, and the session.

import { $, h, notice, show } from './dom.js';
import { logIn, logOut, onExpired, redeem } from './api.js';
import * as models from './models.js';
import * as map from './map.js';
import * as ask from './ask.js';
import * as record from './record.js';

const views = { map, ask, record };
const made = {}; // elements of views that keep what was typed

// askToLogIn shows the login and resolves when it has succeeded.
let waiting = null;
let loggedIn = null; // resolves waiting
function askToLogIn(why) {
  waiting = waiting || new Promise((resolve) => {
    loggedIn = () => {
      waiting = null;
      $('login').close();
      $('logout').hidden = false;
      resolve();
    };
    $('login-why').textContent = why;
    const form = $('login-form');
    form.onsubmit = async (event) => {
      event.preventDefault();
      $('login-error').textContent = '';
      try {
        await logIn($('email').value, $('password').value);
      } catch (e) {
        $('login-error').textContent = e.status === 401 ? 'The email or the password is wrong.' : e.message;
        return;
      }
      $('password').value = '';
      loggedIn();
    };
    if (!$('login').open) $('login').showModal();
    $('email').focus();
  });
  return waiting;
}

$('login').addEventListener('close', () => { if (waiting) $('login').showModal(); }); // nothing works without
onExpired(askToLogIn);

$('logout').addEventListener('click', async () => {
  try { await logOut(); } finally { location.hash = '#/map'; location.reload(); }
});

$('jump').addEventListener('submit', (e) => {
  e.preventDefault();
  const id = $('jump-id').value.trim();
  const entity = models.entityOfId(id);
  if (entity) location.hash = models.recordLink(entity, id);
  else notice(`The id ${JSON.stringify(id)} does not tell its entity: choose it at Ask, and filter by id.`);
});

// route shows the view that the address names.
async function route() {
  const hash = location.hash.replace(/^#\/?/, '');
  const [path, search] = hash.split('?');
  const [name, ...rest] = path.split('/').map(decode);
  const view = views[name] ? name : 'map';
  notice('');
  for (const a of document.querySelectorAll('nav [data-view]')) {
    if (a.dataset.view === view) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  const main = $('main');
  if (view === 'record') {
    const page = h('div', { class: 'record' });
    show(main, page);
    await record.open(page, rest[0], rest[1]);
    return;
  }
  if (!made[view]) {
    made[view] = h('div', { class: view });
    show(main, made[view]);
    await views[view].start(made[view]);
  }
  show(main, made[view]);
  await views[view].open(rest, new URLSearchParams(search));
}

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

async function guarded(f) {
  try { await f(); } catch (e) {
    if (e.name !== 'AbortError') notice(e.message);
  }
}

// useTicket redeems the ticket of the address, if it has one.
async function useTicket() {
  const ticket = /^#ticket=(\w+)$/.exec(location.hash);
  if (!ticket) return;
  history.replaceState(null, '', '#/map');
  try {
    await redeem(ticket[1]);
    if (waiting) loggedIn();
  } catch (e) {
    await askToLogIn(e.status === 401 ? 'The link was used before, or is too old. Restart the server for a new one, or log in.' : e.message);
  }
}

// start redeems a ticket and loads the models.
async function start() {
  addEventListener('hashchange', () => guarded(useTicket));
  await useTicket();
  const [, view, ...rest] = location.hash.split('?')[0].split('/').map(decode);
  if (!view || view === 'map') map.expect(rest);
  await models.load();
  $('logout').hidden = false;
  addEventListener('hashchange', () => guarded(route));
  await route();
}

guarded(start);
