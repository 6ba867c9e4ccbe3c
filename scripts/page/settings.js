/** What the reader chose: it stands in the form, and is remembered for every interview. */

const SETTINGS = "vivavoz";

/** Fills in what was remembered, and calls `apply(form)` then and whenever the reader chooses. */
export function keepSettings(form, apply) {
  fillIn(form, recall());
  form.addEventListener("change", ({ target }) => remember(target));
  form.addEventListener("input", () => apply(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    // The form is as it was written only after those who listen have been told.
    setTimeout(() => {
      store({});
      apply(form);
    });
  });
  apply(form);
}

/** Takes up a choice that the reader made elsewhere: in the browser's own player, for instance. */
export function choose(form, name, value) {
  const field = form.elements[name];
  const key = field?.type === "checkbox" ? "checked" : "value";
  if (!field || field[key] === value || !canHold(field, value)) return;
  field[key] = value;
  store({ ...recall(), [name]: value });
  form.dispatchEvent(new Event("input"));
}

function fillIn(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value === true;
    else if (canHold(field, value)) field.value = value;
  }
}

function canHold(field, value) {
  const choices = field.options ?? (field instanceof RadioNodeList ? field : null);
  return !choices || [...choices].some((choice) => choice.value === value);
}

function remember({ name, type, checked, value }) {
  store({ ...recall(), [name]: type === "checkbox" ? checked : value });
}

function store(values) {
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(values));
  } catch {
    // Where nothing may be remembered, the choice holds until the page is closed.
  }
}

function recall() {
  try {
    return Object(JSON.parse(localStorage.getItem(SETTINGS)));
  } catch {
    return {};
  }
}
