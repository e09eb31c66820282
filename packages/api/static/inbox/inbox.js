// Shows what /dev/inbox.json lists, newest first, as it comes.
const POLL_MS = 1_000;
const list = document.querySelector('#messages');
const status = document.querySelector('#status');
const template = document.querySelector('#message');
const shown = new Set();
const channels = { sms: 'Text', email: 'Mail' };
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

function show({ id, channel, to, text, sentAt }) {
  const item = template.content.cloneNode(true);
  item.querySelector('li').dataset.channel = channel;
  item.querySelector('.channel').textContent = channels[channel] ?? channel;
  item.querySelector('.to').textContent = to;
  item.querySelector('time').textContent = time.format(new Date(sentAt));
  item.querySelector('time').dateTime = sentAt;
  item.querySelector('pre').textContent = text;
  const code = channel === 'sms' ? /^\d{6}/.exec(text)?.[0] : undefined;
  const button = item.querySelector('button');
  if (code) {
    button.hidden = false;
    button.textContent = `Copy ${code}`;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code);
      button.textContent = `Copied ${code}`;
      status.textContent = `Copied ${code}.`;
    });
  }
  list.prepend(item);
  shown.add(id);
}

async function refresh() {
  try {
    const response = await fetch('/dev/inbox.json');
    if (!response.ok) throw new Error(String(response.status));
    const fresh = (await response.json()).filter(({ id }) => !shown.has(id));
    fresh.forEach(show);
    if (fresh.length > 0) status.textContent = `${shown.size} ${shown.size === 1 ? 'message' : 'messages'}.`;
  } catch {
    status.textContent = 'The server cannot be reached. Trying again.';
  }
  setTimeout(refresh, POLL_MS);
}

await refresh();
