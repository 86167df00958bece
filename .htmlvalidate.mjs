// Rules for the built pages (tests/site/test_pages.py). A module instead of JSON, so that each exception has its reason.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  elements: [
    "html5",
    // The theme writes tabindex="" on the headings of navigation sections; browsers take it for absent.
    { "*": { attributes: { tabindex: { enum: ["", "/-?\\d+/"] } } } },
  ],
  rules: {
    // Style of the theme's templates, without effect: <!doctype>, space at the end of lines, role="presentation".
    "doctype-style": "off",
    "no-trailing-whitespace": "off",
    "presentation-role-style": "off",
    // The theme's ids begin with two underscores (__drawer, __search); they are valid in HTML.
    "valid-id": ["error", { relaxed: true }],
    // The theme's check boxes that open drawer and search switch autocomplete off, or Firefox would restore them open.
    "input-attributes": "off",
    "valid-autocomplete": "off",
    // Boxes to tick among several share a name, as radio buttons do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
    // The theme's search form and colour switch act at once, and so do the calculators: there is nothing to submit.
    "wcag/h32": "off",
    // Tables are blocks on a phone: with roles written out, Safari still says that they are tables (tools/pages/tables.py).
    "no-redundant-role": "off",
    // The theme writes the table of contents twice, under the same name: in the drawer, and beside the text. One is hidden.
    "unique-landmark": "off",
  },
};
