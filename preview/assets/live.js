// Live updates for the preview page: messages as they come (server-sent
// events), commands and buttons without a reload, times in the reader's zone.
// The page works without this script; it only has to be reloaded then.
"use strict";
(() => {
  const body = document.body, here = body.dataset.channel;
  const messages = () => document.getElementById("messages");
  const answers = document.getElementById("answers");
  const line = document.getElementById("line");
  let seq = Number(body.dataset.seq);

  const styles = {
    t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
    f: { dateStyle: "medium", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
  };
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  function times(root) {
    for (const el of root.querySelectorAll("time[datetime]")) {
      const at = new Date(el.dateTime);
      if (el.dataset.style === "R") {
        const s = (at - Date.now()) / 1000;
        const [unit, size] = units.find(([, n]) => Math.abs(s) >= n) || ["second", 1];
        el.textContent = relative.format(Math.trunc(s / size), unit);
      } else {
        el.textContent = new Intl.DateTimeFormat("en-GB", styles[el.dataset.style || "f"]).format(at);
      }
      el.title = new Intl.DateTimeFormat("en-GB", styles.F).format(at);
    }
  }
  setInterval(() => times(document), 30000);

  const parse = (html) => {
    const t = document.createElement("template");
    t.innerHTML = html;
    return t.content;
  };
  const atEnd = () => window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 160;
  const toEnd = () => window.scrollTo(0, document.documentElement.scrollHeight);

  function show(html) {
    const node = parse(html).firstElementChild, stay = atEnd();
    node.classList.add("fresh");
    times(node);
    const old = document.getElementById(node.id);
    if (old) old.replaceWith(node);
    else {
      messages().querySelector(".empty")?.remove();
      messages().append(node);
    }
    if (stay) toEnd();
  }

  async function readAgain() {
    const r = await fetch("/c/" + encodeURIComponent(here) + "/messages");
    if (!r.ok) return;
    const fresh = parse(await r.text()).firstElementChild;
    seq = Number(fresh.dataset.seq);
    times(fresh);
    messages().replaceWith(fresh);
  }

  const stream = new EventSource("/events");
  stream.addEventListener("hello", (e) => { if (Number(e.data) !== seq) readAgain(); });
  stream.addEventListener("message", (e) => {
    const u = JSON.parse(e.data);
    if (u.seq <= seq) return;
    seq = u.seq;
    if (u.channel === here) return show(u.html);
    const badge = document.querySelector(`.channels a[data-id="${CSS.escape(u.channel)}"] .unread`);
    if (!badge) return;
    badge.hidden = false;
    badge.textContent = Number(badge.textContent || 0) + 1;
    badge.setAttribute("aria-label", badge.textContent + " new");
  });

  async function send(form, submitter) {
    const data = new FormData(form, submitter);
    const buttons = [...form.querySelectorAll("button:not(:disabled)")];
    for (const b of buttons) b.disabled = true;
    try {
      const content = [...data.values()].some((v) => v instanceof File && v.name) ? data : new URLSearchParams([...data].filter(([, v]) => !(v instanceof File)));
      const r = await fetch(form.action, { method: "POST", body: content, headers: { "X-Part": "reply" } });
      const part = parse(await r.text()).firstElementChild;
      if (!part) return;
      times(part);
      for (const b of part.querySelectorAll(".dismiss")) b.hidden = false;
      const from = form.closest(".reply");
      if (from && r.headers.get("X-Update") === "true") from.replaceWith(part);
      else answers.append(part);
      part.scrollIntoView({ block: "nearest" });
    } finally {
      for (const b of buttons) b.disabled = false;
    }
  }
  document.addEventListener("submit", (e) => {
    if (!e.target.matches(".box, .press")) return;
    e.preventDefault();
    const box = e.target.matches(".box");
    send(e.target, e.submitter).then(() => { if (box) { e.target.reset(); line.value = ""; line.focus(); } });
  });
  document.addEventListener("click", (e) => {
    if (e.target.matches(".dismiss")) { e.target.closest(".reply").remove(); line.focus(); }
  });

  // The name of the file that is attached.
  const attach = document.querySelector(".attach");
  const named = () => { attach.querySelector(".chosen").textContent = attach.querySelector("input").files[0]?.name ?? ""; };
  attach?.addEventListener("change", named);
  document.getElementById("box").addEventListener("reset", () => { if (attach) queueMicrotask(named); });

  // Suggestions for the option being typed, as Discord gives them.
  const list = document.getElementById("suggestions"), commands = list.innerHTML;
  let asked = 0;
  line.addEventListener("input", async () => {
    if (!line.value.includes(" ")) { list.innerHTML = commands; return; }
    const mine = ++asked;
    const r = await fetch("/complete?" + new URLSearchParams({ channel: here, line: line.value }));
    if (!r.ok || mine !== asked) return;
    list.replaceChildren(...(await r.json()).map((s) => {
      const o = document.createElement("option");
      o.value = s.line;
      o.textContent = s.name;
      return o;
    }));
  });

  times(document);
  toEnd();
})();
