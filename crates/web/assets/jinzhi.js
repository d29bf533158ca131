// Jinzhi 尽职: what only improves. Every page is whole without this file; what it does is told in the one status line.
// Nothing here is fetched from elsewhere, stored, or counted.
(function () {
  'use strict';
  var status = document.getElementById('status');

  // One sentence in the status line: heard, and seen where `seen` is set.
  function say(sentence, seen) {
    var line = document.createElement('p');
    line.className = seen ? 'note moved' : 'vh';
    line.textContent = sentence;
    status.replaceChildren(line);
    if (seen) line.scrollIntoView({ block: 'nearest' });
  }

  // A filter (`form[data-live]`): a choice redraws what `data-live` names, without leaving the field. Whatever goes
  // wrong ends as without scripts, with a full load.
  function live(form) {
    var turn = 0;
    function redraw(event) {
      if (event.type === 'submit') event.preventDefault();
      var region = document.getElementById(form.dataset.live);
      var url = form.action + '?' + new URLSearchParams(new FormData(form));
      var mine = ++turn;
      fetch(url).then(function (answer) {
        if (!answer.ok || answer.redirected) throw answer.status;
        return answer.text();
      }).then(function (html) {
        if (mine !== turn) return;
        var fresh = new DOMParser().parseFromString(html, 'text/html').getElementById(form.dataset.live);
        region.replaceWith(fresh);
        history.replaceState(null, '', url);
        var said = fresh.querySelector('[data-said]');
        if (said) say(said.textContent, false);
      }).catch(function () { location.href = url; });
    }
    form.addEventListener('submit', redraw);
    form.addEventListener('change', redraw);
  }

  // A long table (`table[data-find]`): a field above it leaves the rows that hold the words typed.
  function find(table) {
    var box = document.createElement('p');
    var label = document.createElement('label');
    var field = document.createElement('input');
    box.className = 'find';
    field.type = 'search';
    field.autocomplete = 'off';
    label.append(table.dataset.find, field);
    box.append(label);
    table.before(box);
    field.addEventListener('input', function () {
      var words = field.value.trim();
      var n = 0;
      table.querySelectorAll('tbody tr').forEach(function (row) {
        row.hidden = !row.textContent.includes(words);
        if (!row.hidden) n += 1;
      });
      say(n ? `找到 ${n} 条。` : '没有找到。换几个字试试。', false);
    });
  }

  // A field that a choice of another opens (`data-after`); one that is filled or wrong is never shut.
  function after(field) {
    var asked = field.dataset.after.split('=');
    var form = field.closest('form');
    function stands(input) {
      return input.type === 'radio' || input.type === 'checkbox' ? input.checked : input.value !== '';
    }
    function turn() {
      var chosen = form.querySelector('[name="' + asked[0] + '"]:checked');
      var open = chosen && asked[1].split(' ').includes(chosen.value);
      var inputs = Array.from(field.querySelectorAll('input, textarea, select'));
      field.hidden = !open && !field.classList.contains('wrong') && !inputs.some(stands);
    }
    form.addEventListener('change', turn);
    turn();
  }

  document.querySelectorAll('[data-after]').forEach(after);
  document.querySelectorAll('form[data-live]').forEach(live);
  document.querySelectorAll('table[data-find]').forEach(find);

  // A button that prints is shown where it can.
  document.querySelectorAll('[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { print(); });
  });

  // A form sent while the line is down stays on the screen with all that was typed.
  document.addEventListener('submit', function (event) {
    if (navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    say('现在连不上，您刚填的没有丢。过一会儿再点一次。', true);
  });
}());
