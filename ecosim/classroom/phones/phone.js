/* The students' page. Written for old phones: nothing newer than ECMAScript 5. The server tells states; this page shows them. */
(function () {
  "use strict";
  var WORDS = JSON.parse(document.getElementById("words").textContent);
  var query = {};
  location.search.replace(/[?&]([^=&]+)=([^&]*)/g, function (_, name, value) { query[name] = decodeURIComponent(value); });
  var lang = document.documentElement.lang === "fr" ? "fr" : "en";
  var main = document.getElementById("main"), top_ = document.getElementById("top"), status_ = document.getElementById("status");
  var socket = null, wait = 500, closed = false, joined = false;
  var pin = query.pin || "", name = "", room = null, week = null, debrief = null, end = null;
  var shown = {}, draft = {};
  var stats = query.measure ? (window.ecosimStats = { trips: [] }) : null, sentAt = 0;

  function w(key, facts) {
    var said = WORDS[lang];
    key.split(".").forEach(function (part) { said = said && said[part]; });
    return String(said === undefined ? key : said).replace(/\{(\w+)\}/g, function (_, each) { return facts && each in facts ? facts[each] : ""; });
  }
  function percent(value) { return Math.round(100 * value) + (lang === "fr" ? "\u00a0%" : "%"); }
  function kept(value) {
    try {
      if (value === undefined) return localStorage.getItem("ecosim-seat-" + pin) || "";
      if (value) localStorage.setItem("ecosim-seat-" + pin, value); else localStorage.removeItem("ecosim-seat-" + pin);
    } catch (error) { /* private windows keep nothing: then a lost connection costs the seat */ }
    return value || "";
  }
  var token = kept();

  // Elements

  function el(tag, given, inside) {
    var made = document.createElement(tag), each;
    for (each in given || {}) {
      if (each === "text") made.textContent = given.text;
      else if (each.slice(0, 2) === "on") made.addEventListener(each.slice(2), given[each]);
      else if (given[each] === true) made.setAttribute(each, "");
      else if (given[each] !== false && given[each] !== null && given[each] !== undefined) made.setAttribute(each, given[each]);
    }
    (inside || []).forEach(function (child) { if (child) made.appendChild(child); });
    return made;
  }
  function svg(tag, given, inside) {
    var made = document.createElementNS("http://www.w3.org/2000/svg", tag), each;
    for (each in given) { if (each === "text") made.textContent = given.text; else made.setAttribute(each, given[each]); }
    (inside || []).forEach(function (child) { made.appendChild(child); });
    return made;
  }
  function empty(place) { while (place.firstChild) place.removeChild(place.firstChild); return place; }
  function say(said, bad) { if (status_.textContent !== said) status_.textContent = said; status_.className = bad ? "bad" : ""; }
  function hear(said) { document.getElementById("heard").textContent = said; }
  function colour(value) { return "var(--eco-" + value + ")"; }

  // A part of the page is made anew only when what it shows has changed: what somebody is typing stays.
  function part(id, key, make) {
    var place = document.getElementById("p-" + id), wanted = JSON.stringify([lang, key]);
    if (!place) { place = el("div", { id: "p-" + id }); main.appendChild(place); }
    if (shown[id] === wanted) return;
    shown[id] = wanted;
    var focused = document.activeElement && document.activeElement.id;
    empty(place);
    (make ? make() : []).forEach(function (each) { if (each) place.appendChild(each); });
    if (focused && !document.activeElement.id && document.getElementById(focused)) document.getElementById(focused).focus();
  }
  function radios(group, legend, options, value, on, cls) {
    var rows = options.map(function (each, place) {
      var id = group + "-" + place, chosen = each.value === value;
      var input = el("input", { type: "radio", name: group, id: id, checked: chosen, onchange: function () {
        Array.prototype.forEach.call(set.querySelectorAll("label.row"), function (row) { row.className = "row"; });
        input.parentNode.className = "row on";
        on(each.value);
      } });
      return el("label", { "class": chosen ? "row on" : "row" }, [input, el("span", { text: each.label }), each.more ? el("small", { text: each.more }) : null]);
    });
    var set = el("fieldset", {}, [el("legend", { text: legend }), el("div", { "class": cls || "" }, rows)]);
    return set;
  }

  // Talking to the server

  function send(message) {
    if (socket && socket.readyState === 1) { sentAt = stats ? performance.now() : 0; socket.send(JSON.stringify(message)); return true; }
    say(w("lost"), true);
    return false;
  }
  function connect() {
    if (closed) return;
    var mine = socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/ws");
    socket.onopen = function () {
      wait = 500;
      say("");
      if (token) send({ t: "join", pin: pin, token: token, lang: lang });
      else send({ t: "lang", lang: lang });
    };
    socket.onmessage = function (event) { if (mine === socket) heard(JSON.parse(event.data)); };
    socket.onclose = function (event) {
      if (mine !== socket) return; // whoever goes on here at once hears later that the former one was closed
      if (event.code === 4001) { closed = true; joined = false; draw(); return; }
      say(w("lost"), true);
      setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(8000, wait * 2);
    };
  }
  function heard(message) {
    if (message.t === "seat") {
      joined = true; token = kept(message.token); name = message.name; say("");
    } else if (message.t === "room") {
      room = message;
      end = message.left === null || message.left === undefined ? null : Date.now() + 1000 * message.left;
    } else if (message.t === "week") {
      if (week && (week.week !== message.week || week.learner !== message.learner)) draft = {};
      week = message;
    } else if (message.t === "debrief") debrief = message;
    else if (message.t === "chosen") { measured(); if (week) week.choice = message.choice; say(""); hear(w("decided")); }
    else if (message.t === "predicted") { if (week) week.guess = message.guess; }
    else if (message.t === "answered") { if (week) week.answer = message.option; hear(w("answered")); }
    else if (message.t === "error") refused(message);
    draw();
  }
  function measured() { if (stats && sentAt) stats.trips.push(performance.now() - sentAt); }
  function refused(message) {
    if (["removed", "no_seat", "pin"].indexOf(message.code) >= 0) { token = kept(""); joined = false; week = null; }
    if (message.code === "elsewhere") { closed = true; joined = false; }
    say(message.say, true);
  }

  // What is shown

  function draw() {
    document.documentElement.lang = lang;
    document.title = w("title");
    langs();
    clock();
    part("foot", 0);
    part("join", joined ? 0 : [pin, closed], joined ? null : join);
    part("head", joined && room && week ? [room.phase, week.week, week.learner, week.here, name, room.weeks] : 0, joined && room && week ? head : null);
    part("poll", joined && room && room.poll ? [room.poll, !room.poll.open && week && week.answer] : 0, joined && room && room.poll ? poll : null);
    var choosing = joined && room && week && room.phase === "choosing" && week.here && week.possible.length + week.rest.length > 0;
    part("choose", choosing ? [week.week, week.learner, week.possible, week.around] : 0, choosing ? choose : null);
    if (choosing) tellDecided();
    part("last", joined && week && week.last && room ? [week.last, room.phase] : 0, joined && week && week.last ? last : null);
    part("debrief", joined && debrief ? debrief : 0, joined && debrief ? both : null);
    part("levels", joined && week && week.levels.length ? week.levels : 0, joined && week && week.levels.length ? levels : null);
    part("leave", joined ? 1 : 0, joined ? leave : null);
  }
  function langs() {
    if (shown.langs === lang) return;
    shown.langs = lang;
    var place = empty(document.getElementById("langs"));
    ["en", "fr"].forEach(function (each) {
      place.appendChild(el("button", { type: "button", "class": "lang", lang: each, "aria-pressed": String(each === lang), "aria-label": WORDS[each].language, text: each.toUpperCase(), onclick: function () {
        lang = each; send({ t: "lang", lang: each }); draw();
      } }));
    });
    var foot = empty(document.getElementById("foot"));
    foot.appendChild(el("p", { "class": "soft", text: w("foot") }));
  }
  function clock() {
    empty(top_);
    if (!joined || !room) return;
    var said = room.phase === "lobby" ? "" : w("week", { week: room.week, last: room.weeks - 1 });
    top_.appendChild(el("span", { text: said + " " }));
    if (room.phase !== "choosing") return;
    if (room.paused) top_.appendChild(el("span", { "class": "left", text: w("paused") }));
    else if (end !== null) {
      var left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      top_.appendChild(el("span", { "class": left <= 10 ? "left soon" : "left", text: w("left", { seconds: left }) }));
    }
  }
  function join() {
    if (closed) return [el("section", {}, [el("p", { text: w("elsewhere") }), el("button", { type: "button", "class": "main", text: w("here"), onclick: function () { closed = false; connect(); draw(); } })])];
    function go(event) {
      event.preventDefault();
      pin = document.getElementById("pin").value.trim();
      name = document.getElementById("name").value.trim();
      token = kept();
      var message = { t: "join", pin: pin, name: name, lang: lang };
      if (token) message.token = token;
      send(message);
    }
    return [el("h1", { text: w("welcome") }), el("form", { onsubmit: go, novalidate: true }, [
      el("label", { "for": "pin", text: w("pin") }), el("input", { type: "text", id: "pin", value: pin, inputmode: "numeric", autocomplete: "off", maxlength: 12 }),
      el("label", { "for": "name", text: w("name") }), el("input", { type: "text", id: "name", value: name, autocomplete: "off", maxlength: 24 }),
      el("button", { type: "submit", "class": "main", text: w("join") })]), el("p", { "class": "soft", text: w("kept") })];
  }
  function head() {
    var who = w("you", { learner: week.learner }), said = w("phase." + room.phase);
    if (!week.here) {
      return [el("h1", { text: who, tabindex: -1 }), el("section", {}, [el("p", { text: w("gone") }),
        room.phase === "over" ? null : el("button", { type: "button", "class": "main", text: w("another"), onclick: function () { send({ t: "another" }); } })])];
    }
    if (room.phase !== shown.phase) { shown.phase = room.phase; hear(said); }
    return [el("h1", { text: name || who, tabindex: -1 }), name ? el("p", { "class": "soft", text: who }) : null, el("p", { text: said })];
  }
  function poll() {
    var asked = room.poll, mine = week && week.answer;
    var inside = [el("h2", { text: asked.question })];
    if (asked.open) {
      inside.push(radios("poll", w("answer"), asked.options.map(function (each, place) { return { value: place, label: each }; }), mine, function (place) { send({ t: "answer", option: place }); }));
    } else {
      var total = asked.counts.reduce(function (sum, each) { return sum + each; }, 0);
      asked.options.forEach(function (each, place) { inside.push(bar(each + (place === mine ? " " + w("mine") : ""), total ? asked.counts[place] / total : 0, String(asked.counts[place]))); });
    }
    return [el("section", { "aria-label": w("poll") }, inside)];
  }
  function choose() {
    var now = week.choice || {};
    if (draft.artefact === undefined && isDecided()) draft.artefact = now.artefact;
    if (draft.effort === undefined) draft.effort = now.effort === undefined ? null : now.effort;
    if (draft.partner === undefined) draft.partner = now.partner === undefined ? null : now.partner;
    if (draft.artefact !== undefined && draft.artefact !== null && !week.possible.some(function (each) { return each.number === draft.artefact; })) draft.artefact = undefined;
    var what = week.possible.map(function (each) { return { value: each.number, label: each.name, more: w(each.together ? "together" : "alone") }; });
    what.push({ value: null, label: w("rest") });
    var more = el("div", {}), button = el("button", { id: "decide", type: "button", "class": "main", disabled: draft.artefact === undefined, onclick: function () {
      var message = { t: "choose", artefact: draft.artefact };
      if (draft.artefact !== null && draft.effort !== null) message.effort = draft.effort;
      if (together() && draft.partner !== null) message.partner = draft.partner;
      send(message);
    } });
    function together() { return week.possible.some(function (each) { return each.number === draft.artefact && each.together; }); }
    function fill() {
      empty(more);
      button.disabled = draft.artefact === undefined;
      if (draft.artefact === undefined || draft.artefact === null) return;
      if (together()) {
        var people = [["", w("whoever")]].concat(week.around.map(function (each) { return [String(each.learner), each.label]; }));
        more.appendChild(el("label", { "for": "partner", text: w("partner") }));
        more.appendChild(el("select", { id: "partner", onchange: function () { draft.partner = this.value === "" ? null : Number(this.value); } }, people.map(function (each) {
          return el("option", { value: each[0], text: each[1], selected: each[0] === (draft.partner === null ? "" : String(draft.partner)) });
        })));
        if (!week.around.length) more.appendChild(el("p", { "class": "soft", text: w("nobody") }));
      }
      more.appendChild(radios("effort", w("effort.ask"), [
        { value: null, label: w("effort.as_it_comes") }, { value: 1, label: w("effort.little") }, { value: 6, label: w("effort.much") }
      ], draft.effort, function (value) { draft.effort = value; }, "three"));
    }
    fill();
    return [el("section", {}, [
      radios("guess", w("guess.ask"), ["easy", "right", "hard"].map(function (each) { return { value: each, label: w("guess." + each) }; }), week.guess, function (value) { send({ t: "predict", guess: value }); }, "three"),
      radios("what", w("what"), what, draft.artefact, function (value) { draft.artefact = value; fill(); }), more, button,
      el("p", { id: "decided", "class": "soft" }),
      week.rest.length ? el("details", {}, [el("summary", { text: w("not_possible") }), el("ul", {}, week.rest.map(function (each) { return el("li", {}, [el("b", { text: each.why + " " }), el("span", { text: each.names })]); }))]) : null
    ])];
  }
  // What the server confirms is told in place: nothing is taken from under a finger, or a key that is still down.
  function isDecided() { return week.choice !== null && week.choice !== undefined; }
  function tellDecided() {
    document.getElementById("decide").textContent = w(isDecided() ? "again" : "decide");
    document.getElementById("decided").textContent = w(isDecided() ? "decided" : "undecided");
  }
  function last() {
    var now = week.last, inside = [el("h2", { text: w("last", { week: now.week }) })];
    if (now.acted) inside.push(channel(now));
    if (now.acted && week.guess && room.phase !== "choosing") inside.push(el("p", {}, [el("b", { text: w("guessed", { guess: w("guess." + week.guess), felt: w("guess." + now.felt) }) })]));
    inside.push(el("ul", {}, now.lines.map(function (each) { return el("li", { text: each }); })));
    return [el("section", {}, inside)];
  }
  function channel(now) {
    function x(skill) { return 30 + 250 * Math.min(1, skill); }
    function y(challenge) { return 150 - 140 * Math.min(1, challenge / 1.2); }
    var up = 0.12, points = [[0, 0], [1, 1 - up], [1, 1 + up], [0, 2 * up]].map(function (each) { return x(each[0]) + "," + y(each[1]); }).join(" ");
    return svg("svg", { viewBox: "0 0 300 176", role: "img", "aria-label": w("channel", { skill: percent(now.skill_before), challenge: percent(now.challenge), flow: percent(now.flow) }) }, [
      svg("polygon", { points: points, fill: colour("one-wash") }),
      svg("path", { d: "M30 6V150H290", fill: "none", stroke: colour("edge") }),
      svg("text", { x: 160, y: 170, "text-anchor": "middle", "font-size": 13, fill: colour("soft"), text: w("skill") }),
      svg("text", { x: 16, y: 80, "text-anchor": "middle", "font-size": 13, fill: colour("soft"), transform: "rotate(-90 16 80)", text: w("challenge") }),
      svg("circle", { cx: x(now.skill_before), cy: y(now.challenge), r: 5 + 9 * now.flow, fill: colour("one"), stroke: colour("card"), "stroke-width": 2 }),
      svg("text", { x: 38, y: 20, "font-size": 12, fill: colour("soft"), text: w("guess.hard") }),
      svg("text", { x: 286, y: 144, "text-anchor": "end", "font-size": 12, fill: colour("soft"), text: w("guess.easy") })
    ]);
  }
  function bar(label, share, said) {
    var inner = el("b");
    inner.style.width = Math.round(100 * share) + "%";
    return el("div", { "class": "bar" }, [el("span", { text: label }), el("i", { "aria-hidden": "true" }, [inner]), el("em", { text: said })]);
  }
  function levels() {
    return [el("section", {}, [el("h2", { text: w("levels") })].concat(week.levels.map(function (each) { return bar(each.label, each.value, percent(each.value)); })))];
  }
  function both() {
    function path(series) {
      return series.map(function (value, place) { return (place ? "L" : "M") + (10 + 280 * place / Math.max(1, series.length - 1)) + " " + (110 - 100 * value); }).join("");
    }
    var drawn = [svg("path", { d: "M10 10V110H290", fill: "none", stroke: colour("edge") })];
    if (debrief.without.length) drawn.push(svg("path", { d: path(debrief.without), fill: "none", stroke: colour("s1"), "stroke-width": 3, "stroke-dasharray": "6 5" }));
    if (debrief["with"].length) drawn.push(svg("path", { d: path(debrief["with"]), fill: "none", stroke: colour("s0"), "stroke-width": 3 }));
    return [el("section", {}, [el("h2", { text: w("both") })].concat(debrief.lines.map(function (each) { return el("p", { text: each }); }), [
      el("p", { "class": "soft", text: w("persistence") }), svg("svg", { viewBox: "0 0 300 120", role: "img", "aria-label": w("persistence") }, drawn),
      el("p", { "class": "soft" }, [el("span", { "class": "key" }), el("span", { text: w("with") })]), el("p", { "class": "soft" }, [el("span", { "class": "key other" }), el("span", { text: w("without") })])]))];
  }
  function leave() {
    return [el("details", {}, [el("summary", { text: w("leave") }), el("p", { text: w("leave_why") }), el("button", { type: "button", text: w("leave"), onclick: function () {
      token = kept(""); joined = false; week = null; debrief = null; draft = {}; if (socket) socket.close(); draw();
    } })])];
  }

  draw();
  connect();
  setInterval(clock, 500);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && !closed && socket && socket.readyState > 1) { wait = 500; }
  });
})();
