// Sends what is chosen at once, in pieces; a dropped line is taken up where it broke. The form works without this.
(() => {
  'use strict';
  const form = document.querySelector('form[data-pieces]');
  if (!form || !window.fetch || !window.URLSearchParams || !Blob.prototype.slice) return;
  const PIECE = 256 * 1024, LONG_SIDE = 2400;
  const input = form.querySelector('input[type=file]');
  const field = input.closest('.field');
  const status = document.getElementById('progress');
  const refused = document.getElementById('refused');
  const thrift = document.getElementById('thrift');
  const pause = (seconds) => new Promise((go) => {
    const timer = setTimeout(go, seconds * 1000);
    window.addEventListener('online', () => { clearTimeout(timer); go(); }, { once: true });
  });
  const say = (words, fill = {}) => {
    const text = status.dataset[words].replace(/\{(\w+)\}/g, (_, name) => fill[name]);
    if (status.textContent !== text) status.textContent = text;
  };

  // The picture with its long side cut to size, where that is wanted and makes it smaller.
  async function smaller(file) {
    if (!thrift.checked || !/^image\/(jpeg|png|webp)$/.test(file.type)) return { file, shrunk: false };
    try {
      const picture = await createImageBitmap(file);
      const scale = LONG_SIDE / Math.max(picture.width, picture.height);
      if (scale >= 1) return { file, shrunk: false };
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((go) => { canvas.toBlob(go, 'image/jpeg', 0.85); });
      if (!blob || blob.size >= file.size) return { file, shrunk: false };
      blob.name = file.name.replace(/(\.\w+)?$/, '.jpg');
      blob.lastModified = file.lastModified;
      return { file: blob, shrunk: true };
    } catch {
      return { file, shrunk: false };
    }
  }

  // One file, piece by piece: asks how far it has come, first and after every break.
  async function send({ file, shrunk }, fill) {
    const query = new URLSearchParams({ name: file.name, size: file.size, changed: file.lastModified });
    if (shrunk) query.set('shrunk', '1');
    let at = null;
    for (let wait = 1; ; wait = Math.min(wait * 2, 20)) {
      try {
        for (;;) {
          const stop = new AbortController();
          const timer = setTimeout(() => stop.abort(), 60000);
          const options = { redirect: 'manual', signal: stop.signal };
          if (at !== null) {
            query.set('at', at);
            Object.assign(options, { method: 'POST', body: file.slice(at, at + PIECE) });
          }
          const answer = await fetch(`${form.dataset.pieces}?${query}`, options);
          const text = await answer.text();
          clearTimeout(timer);
          if (answer.type === 'opaqueredirect') return { out: true };
          if (answer.status === 201) return { row: text };
          if (answer.status === 422) return { told: text };
          if (answer.status === 429) {
            await pause(Number(answer.headers.get('Retry-After')) || 1);
            continue;
          }
          if (answer.status >= 500) throw new Error('again');
          if (answer.status !== 202) return {};
          at = Number(text);
          wait = 1;
          say('doing', fill);
        }
      } catch {
        at = null;
        say('dropped', fill);
        await pause(wait);
      }
    }
  }

  let sending = null, after = null;
  async function all(files) {
    refused.textContent = '';
    field.classList.remove('wrong');
    for (let n = 0; n < files.length; n += 1) {
      const fill = { n: n + 1, of: files.length };
      say('doing', fill);
      const { row, told, out } = await send(await smaller(files[n]), fill);
      if (out) { say('out'); return; }
      if (row) {
        const known = row.match(/name="(proves\.\w+)"/);
        if (!known || !form.elements[known[1]]) field.insertAdjacentHTML('beforebegin', row);
      } else {
        const line = document.createElement('p');
        line.className = 'error';
        line.textContent = told || status.dataset.failed.replace('{name}', files[n].name);
        refused.append(line);
        field.classList.add('wrong');
      }
    }
    if (refused.textContent) status.textContent = ''; else say('done');
  }

  input.addEventListener('change', () => {
    const files = [...input.files];
    if (!files.length) return;
    input.value = '';
    sending = (sending || Promise.resolve()).then(() => all(files)).then(() => {
      const button = after;
      sending = after = null;
      if (button) button.click();
    });
  });
  // Whoever goes on while files are on their way is taken on when they are there.
  form.addEventListener('submit', (event) => {
    if (!sending) return;
    event.preventDefault();
    after = event.submitter || form.querySelector('.btn');
  });
  document.getElementById('thrift-choice').hidden = !window.createImageBitmap;
  form.querySelector('[value=more]').hidden = true;
})();
