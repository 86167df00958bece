/**
 * Measures what can be read and seen of a page by its computed colours: `window.contrast` in a page under test
 * (tests/browser/test_contrast.py, which forces the states through the developer tools).
 *
 * A colour is laid over the backgrounds of the elements it stands in, each with its opacity, as the browser does.
 */
window.contrast = (() => {
  /** What stands for itself and what is like it: one of each is measured. */
  const CONTROL = "data-contrast-control";
  /** A control and everything around it: what is hovered when the control is. */
  const AROUND = "data-contrast-around";
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const FIELDS = "input, select, textarea, button";
  const UNSEEN = ["hidden", "file"];
  const TEXT = 4.5;
  const LARGE_TEXT = 3;
  const SHAPE = 3;

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  /** @param {string} text a computed colour @returns {[number, number, number, number]} each of 0 to 1 */
  function parse(text) {
    const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text);
    if (plain) return [plain[1] / 255, plain[2] / 255, plain[3] / 255, Number(plain[4] ?? 1)];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  }

  /** Lays one colour over another. */
  function over([red, green, blue, alpha], below) {
    const total = alpha + below[3] * (1 - alpha);
    const mix = (above, under) => (total ? (above * alpha + under * below[3] * (1 - alpha)) / total : 0);
    return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), total];
  }

  /** The ground and opacity of elements in the state that is being measured. @type {Map<Element, [number[], number]>} */
  const grounds = new Map();

  function groundOf(element) {
    if (!grounds.has(element)) {
      const { backgroundColor, opacity } = getComputedStyle(element);
      grounds.set(element, [parse(backgroundColor), Number(opacity)]);
    }
    return grounds.get(element);
  }

  /** @param {Element | null} element whose background, and whose ancestors', lie below the layers */
  function seen(element, ...layers) {
    for (let at = element; at; at = at.parentElement) {
      const [ground, opacity] = groundOf(at);
      layers = layers.map((layer) => {
        const laid = over(layer, ground);
        return [laid[0], laid[1], laid[2], laid[3] * opacity];
      });
    }
    const isDark = getComputedStyle(document.body).colorScheme === "dark";
    return layers.map((layer) => over(layer, isDark ? [0.07, 0.07, 0.07, 1] : [1, 1, 1, 1]));
  }

  const NOTHING = [0, 0, 0, 0];

  function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  /** How a colour in front stands out from what lies behind it in an element (with its background) or around it. */
  function standsOut(colour, element) {
    return ratio(...seen(element, parse(colour), NOTHING));
  }

  /** Whether a reader sees something of an element: it is drawn, and not cut down to a point for screen readers. */
  function isSeen(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    if (width < 2 || height < 2) return false;
    for (let at = element; at; at = at.parentElement) {
      const { clipPath, clip } = getComputedStyle(at);
      if (clipPath.startsWith("inset(50%") || clip === "rect(0px, 0px, 0px, 0px)") return false;
    }
    return true;
  }

  const isLarge = ({ fontSize, fontWeight }) => {
    const pixels = parseFloat(fontSize);
    return pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700);
  };

  const ownText = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();

  function name(element) {
    const classes = [...element.classList].map((one) => `.${one}`).join("");
    const words = (element.textContent || element.getAttribute("aria-label") || element.getAttribute("title") || "").trim().replace(/\s+/g, " ");
    const further = ["type", "name", "for", "data-row", "data-do", "data-part"].flatMap((one) => (element.hasAttribute(one) ? [`[${one}=${element.getAttribute(one)}]`] : []));
    return `${element.localName}${classes}${further.join("")} “${words.slice(0, 30)}”`;
  }

  /** Yields what is too faint of an element's own text, signs and icons: [what, ratio, needed]. */
  function* faintInside(element) {
    const style = getComputedStyle(element);
    const needed = isLarge(style) ? LARGE_TEXT : TEXT;
    const tell = (what, got, least) => (got < least - 0.005 ? [[what, got, least]] : []);
    const isField = element.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    if (ownText(element) && !(element instanceof SVGElement)) yield* tell("text", standsOut(style.color, element), needed);
    if (isField && (element.value || element.localName === "select")) yield* tell("value", standsOut(style.color, element), needed);
    if (isField && element.placeholder && !element.value) yield* tell("placeholder", standsOut(getComputedStyle(element, "::placeholder").color, element), needed);
    // In forced colours the browser draws them in those.
    if (element.matches("input:is([type=checkbox], [type=radio])") && !matchMedia("(forced-colors: active)").matches) {
      const accent = style.accentColor === "auto" ? style.color : style.accentColor;
      yield* tell("accent of a tick", standsOut(accent, element), SHAPE);
    }
    if (element.matches("svg :is(path, circle, rect, polygon)") && !["none", "transparent"].includes(style.fill) && !style.fill.startsWith("url")) {
      yield* tell("icon", standsOut(style.fill, element.closest("svg").parentElement), SHAPE);
    }
    for (const part of ["::before", "::after"]) {
      const sign = getComputedStyle(element, part);
      if (["none", "normal"].includes(sign.content) || sign.display === "none" || Number(sign.opacity) === 0) continue;
      if (sign.maskImage !== "none") yield* tell(`icon ${part}`, standsOut(sign.backgroundColor, element), SHAPE);
      else if (/\p{L}|\p{N}|\p{S}/u.test(sign.content.split(" / ")[0])) yield* tell(`sign ${part}`, standsOut(sign.color, element), needed);
    }
  }

  /** Yields the edge of a field or button when neither its border nor its ground stands out from what is around. */
  function* faintEdge(control) {
    const isField = control.matches("input, select, textarea") && !UNSEEN.includes(control.type);
    if (control.matches("[type=checkbox], [type=radio]")) return; // drawn by the browser
    if (!isField && !control.matches("button, .md-button")) return;
    const best = [control, control.parentElement].map((drawn) => {
      const style = getComputedStyle(drawn);
      const around = drawn.parentElement;
      const edges = [];
      if (parseFloat(style.borderBlockEndWidth) > 0 && style.borderBlockEndStyle !== "none" && parse(style.borderBlockEndColor)[3] > 0) {
        edges.push(standsOut(style.borderBlockEndColor, around));
      }
      if (parse(style.backgroundColor)[3] > 0) edges.push(ratio(seen(drawn, NOTHING)[0], seen(around, NOTHING)[0]));
      return edges;
    });
    // A button of an icon or words alone draws no edge, and needs none.
    const drawn = isField ? best.flat() : best[0];
    if (!isField && !drawn.length) return;
    const got = Math.max(1, ...drawn);
    if (got < SHAPE - 0.005) yield ["edge", got, SHAPE];
  }

  /** Yields the focus ring when it is missing or does not stand out from what is around the control. */
  function* faintFocus(control) {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(control);
    const isDrawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    // Drawn inside, a ring lies on the control's own ground.
    const ground = parseFloat(outlineOffset) < 0 ? control : control.parentElement;
    const got = isDrawn ? standsOut(outlineColor, ground) : 1;
    if (got < SHAPE - 0.005) yield [`focus ring (${outlineStyle} ${outlineWidth})`, got, SHAPE];
  }

  /** What the look of an element hangs on: two that share it are drawn alike in every state. */
  function kind(element) {
    const parts = [];
    for (let at = element, depth = 0; at && at !== document.body && depth < 5; at = at.parentElement, depth += 1) {
      parts.push(`${at.localName}.${[...at.classList].sort().join(".")}${depth ? "" : at.type ?? ""}`);
    }
    const { color, backgroundColor, borderBlockEndColor, opacity } = getComputedStyle(element);
    return [document.body.className, ...parts, color, backgroundColor, borderBlockEndColor, opacity, Boolean(ownText(element))].join(" < ");
  }

  const isControl = (element) =>
    !UNSEEN.includes(element.type) && (element.matches(FOCUSABLE) || getComputedStyle(element).cursor === "pointer");

  return {
    /** Shows everything a page may show: what is folded away, hidden until needed, or out of the window. */
    unfold() {
      for (const element of document.querySelectorAll("details")) element.open = true;
      for (const element of document.querySelectorAll("[hidden]")) element.hidden = false;
      for (const element of document.querySelectorAll("[aria-expanded=false]")) element.setAttribute("aria-expanded", "true");
    },

    /** Marks one control of each kind that is not known yet, and everything around it; returns the kinds. */
    mark(known) {
      const isKnown = new Set(known);
      const kinds = new Map();
      for (const element of document.body.querySelectorAll("*")) {
        if (!isControl(element)) continue;
        const one = kind(element);
        if (!isKnown.has(one) && !kinds.has(one)) kinds.set(one, element);
      }
      for (const control of kinds.values()) {
        control.setAttribute(CONTROL, "");
        for (let at = control; at; at = at.parentElement) at.setAttribute(AROUND, "");
      }
      // The rest is not drawn anew for each state: on a long page that would take minutes.
      for (const element of document.body.querySelectorAll(`[${AROUND}]:not([${CONTROL}]) > :not([${AROUND}])`)) {
        if (!element.closest(`[${CONTROL}]`)) element.style.setProperty("display", "none", "important");
      }
      return [...kinds.keys()];
    },

    /** Removes the marks. */
    unmark() {
      for (const element of document.body.querySelectorAll("[style*='display: none !important']")) element.style.removeProperty("display");
      for (const one of [CONTROL, AROUND]) for (const element of document.querySelectorAll(`[${one}]`)) element.removeAttribute(one);
    },

    /** Puts a state that is an attribute on every marked control, or takes it off. */
    set(state, isOn) {
      for (const control of document.querySelectorAll(`[${CONTROL}]`)) {
        if (state === "disabled" && control.matches(FIELDS)) control.disabled = isOn;
        if (state === "checked" && control.matches("[type=checkbox], [type=radio]")) {
          if (isOn) control.dataset.contrastChecked = control.checked;
          control.checked = isOn || control.dataset.contrastChecked === "true";
        }
        if (state === "invalid" && control.matches("input, select, textarea")) control.ariaInvalid = isOn ? "true" : null;
      }
    },

    /** Returns what is too faint: of the marked controls in the state they are in. */
    controls(state, scheme) {
      document.body.dataset.mdColorScheme = scheme;
      grounds.clear();
      const faint = new Set();
      for (const control of document.querySelectorAll(`[${CONTROL}]`)) {
        if (!isSeen(control)) continue;
        const complaints = [...(state === "disabled" ? [] : faintEdge(control)), ...(state === "focus-visible" && control.matches(FOCUSABLE) ? faintFocus(control) : [])];
        for (const part of [control, ...control.querySelectorAll("*")]) if (isSeen(part)) complaints.push(...faintInside(part));
        for (const [what, got, least] of complaints) faint.add(`${name(control)}: ${what} ${got.toFixed(2)}:1, not ${least}:1`);
      }
      return [...faint];
    },

    /** Returns which texts of the page are too faint. */
    texts(scheme) {
      document.body.dataset.mdColorScheme = scheme;
      grounds.clear();
      const faint = new Set();
      for (const element of document.body.querySelectorAll(":not(script, style, noscript, option, svg, svg *)")) {
        if (!ownText(element) || !isSeen(element)) continue;
        for (const [what, got, least] of faintInside(element)) faint.add(`${name(element)}: ${what} ${got.toFixed(2)}:1, not ${least}:1`);
      }
      return [...faint];
    },
  };
})();
