// Requests to the server, by the public API and the session of its cookie.

// ApiError is the server's error, or that it cannot be reached.
export class ApiError extends Error {
  constructor(type, message, status) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

let askToLogIn = null; // shows the login, and resolves when it has succeeded

export function onExpired(f) { askToLogIn = f; }

// send returns the response's text. If there is no session, it asks for a login and
// then tries again, so that nothing typed is lost.
export async function send(method, path, body, options = {}) {
  for (;;) {
    const response = await once(method, path, body, options);
    if (response.ok) return response.text();
    if (response.status === 401 && askToLogIn && !options.anonymous) {
      await askToLogIn(options.first ? '' : 'The session has ended. What you typed is still here.');
      continue;
    }
    throw await problem(response);
  }
}

async function once(method, path, body, { signal, token } = {}) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    return await fetch(path, { method, headers, signal, credentials: 'same-origin', body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body) });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new ApiError('offline', 'The server does not answer. It may be restarting: try again.', 0);
  }
}

async function problem(response) {
  try {
    const { type, message } = await response.json();
    return new ApiError(type || 'unknown_error', message || response.statusText, response.status);
  } catch {
    return new ApiError('unknown_error', `The server answered with status ${response.status}.`, response.status);
  }
}

export const get = async (path, options) => JSON.parse(await send('GET', path, undefined, options));
export const post = async (path, body, options) => JSON.parse(await send('POST', path, body, options));

// query runs a request, and returns its result with what it cost.
export async function query(request, signal) {
  const start = performance.now();
  const text = await send('POST', '/admin/query', request, { signal });
  const ms = performance.now() - start;
  return { ...JSON.parse(text), text, ms, size: new TextEncoder().encode(text).length };
}

// logIn starts a session.
export async function logIn(email, password) {
  const { token } = await post('/auth/user/emailpass', { email, password }, { anonymous: true });
  await post('/auth/session', {}, { anonymous: true, token });
}

export const redeem = (ticket) => post('/auth/session/ticket', { ticket }, { anonymous: true });
export const logOut = () => send('DELETE', '/auth/session', undefined, { anonymous: true });
