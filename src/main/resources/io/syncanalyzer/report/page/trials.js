/** The trials of a search for capacity: their lag and growth over rate, and the chosen one by second. */
const trials = (charts, redraw) => {
  'use strict';
  const all = Object.values(charts).find((spec) => spec.kind === 'trials');
  if (!all) return null;
  const outcomes = { sustained: 'good', refuted: 'bad', undecided: 'warn', invalid: 'soft' };
  const whole = (value) => value.toLocaleString('en-US');
  const section = document.getElementById('capacity');
  const rows = [...section.querySelector('table tbody').rows];
  const plots = new Map();
  let replica = 0;
  let chosen = 0;
  let near = false;

  /** A mark about a point, its colour set before; each outcome has a shape of its own. */
  const shape = (ctx, outcome, x, y, r) => {
    ctx.beginPath();
    ctx.lineWidth = Math.max(1.5, r * 0.45);
    if (outcome === 'sustained') {
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fill();
    } else if (outcome === 'refuted') {
      ctx.moveTo(x - r, y - r);
      ctx.lineTo(x + r, y + r);
      ctx.moveTo(x - r, y + r);
      ctx.lineTo(x + r, y - r);
      ctx.stroke();
    } else if (outcome === 'undecided') {
      ctx.moveTo(x, y - 1.4 * r);
      ctx.lineTo(x + 1.4 * r, y);
      ctx.lineTo(x, y + 1.4 * r);
      ctx.lineTo(x - 1.4 * r, y);
      ctx.closePath();
      ctx.fill();
    } else {
      ctx.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
      ctx.stroke();
    }
  };

  const shown = () => all.trials.filter((trial) => trial.replica === replica);

  /**
   * Trials at one rate lie beside each other, in the order tried, as far as the next rate leaves
   * room: how many pixels off.
   */
  const asides = (list) => {
    const at = new Map();
    for (const trial of list) at.set(trial.rate, [...(at.get(trial.rate) ?? []), trial]);
    const rates = [...at.keys()];
    return (u, trial) => {
      const same = at.get(trial.rate);
      const x = u.valToPos(trial.rate, 'x');
      const near = Math.min(...rates.filter((rate) => rate !== trial.rate).map((rate) => Math.abs(u.valToPos(rate, 'x') - x)));
      return (same.indexOf(trial) - (same.length - 1) / 2) * Math.max(2.5, Math.min(12, 0.7 * near / same.length));
    };
  };

  const ratesOf = (list) => {
    const { proven, refuted } = all.sustained[replica];
    const rates = [...list.map((trial) => trial.rate), proven, refuted].filter((rate) => rate !== null);
    const low = Math.min(...rates);
    const high = Math.max(...rates);
    const room = Math.pow(high / low, 0.06) * 1.15;
    return near && (proven ?? refuted) !== null
      ? [(proven ?? refuted) / 1.3, (refuted ?? proven) * 1.3] : [low / room, high * room];
  };

  const steps = (low, high, few) => {
    const found = [];
    for (let ten = Math.pow(10, Math.floor(Math.log10(low))); ten <= high; ten *= 10) {
      for (const one of few ? [1] : [1, 2, 5]) if (one * ten >= low && one * ten <= high) found.push(one * ten);
    }
    return found;
  };

  /** As many steps of rates as have room for their names. */
  const ticks = (low, high, width) => {
    const most = width / 60;
    for (const found of [steps(low, high, false), steps(low, high, true)]) {
      if (found.length >= 2 && found.length <= most) return found;
    }
    const decades = Math.log10(high / low);
    if (decades > 1) return steps(low, high, true).filter((ten, i) => i % Math.ceil(decades / most) === 0);
    // Within a decade even steps do.
    const step = Math.pow(10, Math.floor(Math.log10(high - low)));
    const even = [0.1, 0.2, 0.5, 1, 2, 5].map((by) => by * step).find((by) => (high - low) / by <= Math.min(most, 7)) ?? 10 * step;
    const found = [];
    for (let at = Math.ceil(low / even) * even; at <= high; at += even) found.push(at);
    return found;
  };

  /** What each chart has on its y axis: a scale, its steps, and of a trial the marks. */
  const lagAxis = (list) => {
    const values = list.flatMap((trial) => [trial.p50, trial.p99].flatMap((b) => [b.lower, b.upper]))
      .concat(all.limits.map((limit) => limit.at)).filter((value) => value !== null && value > 0);
    const low = Math.pow(10, Math.floor(Math.log10(0.8 * Math.min(...values, 1))));
    const high = Math.pow(10, Math.ceil(Math.log10(1.1 * Math.max(...values, low))));
    const foot = (value) => Math.max(value, low);
    return {
      label: 'lag, ms',
      scale: { distr: 3, range: [low, high] },
      splits: steps(low, high * 1.001, true),
      lines: all.limits,
      marks: (trial) => [[trial.p50, 3], [trial.p99, 5]].filter(([b]) => b.upper !== null || b.lower !== null)
        .map(([b, size]) => ({
          size: size,
          at: foot(b.upper ?? b.lower),
          from: foot(b.lower ?? b.upper),
          to: foot(b.upper ?? b.lower),
          open: b.upper === null,
        })),
    };
  };
  const growthAxis = (list) => {
    const known = list.map((trial) => trial.growth).filter((growth) => growth.length === 3);
    const sizes = known.map((growth) => Math.abs(growth[1])).filter((size) => size > 0).sort((a, b) => a - b);
    const most = Math.max(...known.flat().map(Math.abs), 1e-3);
    // About the size of what is no growth lies in the linear part.
    const linear = Math.pow(10, Math.floor(Math.log10(Math.max(most / 1e4, sizes[Math.floor(sizes.length / 2)] ?? most))));
    const low = Math.min(...known.map((growth) => growth[0]), 0);
    const high = Math.max(...known.map((growth) => growth[2]), linear);
    const tens = steps(linear, most, true);
    return {
      label: all.growth,
      scale: { distr: 4, asinh: linear, range: [low * 1.3 - linear, high * 1.3 + linear] },
      splits: [...tens.map((ten) => -ten).filter((ten) => ten >= low * 1.3 - linear).reverse(), 0, ...tens],
      lines: [{ at: 0, label: '' }],
      marks: (trial) => trial.growth.length < 3 ? []
        : [{ size: 5, at: trial.growth[1], from: trial.growth[0], to: trial.growth[2], open: false }],
    };
  };

  const short = (value) => {
    for (const [size, letter] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
      if (Math.abs(value) >= size) return +(value / size).toFixed(1) + letter;
    }
    return String(+value.toPrecision(6));
  };

  const legend = (list, colour, place, lag) => {
    const names = document.createElement('ul');
    names.className = 'marks';
    for (const outcome of Object.keys(outcomes)) {
      const count = list.filter((trial) => trial.outcome === outcome).length;
      if (count === 0) continue;
      const icon = document.createElement('canvas');
      const dots = devicePixelRatio;
      icon.width = icon.height = 16 * dots;
      const ctx = icon.getContext('2d');
      ctx.scale(dots, dots);
      ctx.fillStyle = ctx.strokeStyle = colour(outcomes[outcome]);
      shape(ctx, outcome, 8, 8, 5);
      const item = document.createElement('li');
      item.append(icon, outcome + ' (' + count + ')');
      names.append(item);
    }
    const sizes = document.createElement('li');
    sizes.textContent = lag ? 'large p99, small p50' : 'bar: the limits';
    names.append(sizes);
    place.append(names);
  };

  const overRate = (place, lag, width, colour) => {
    place.replaceChildren();
    place.classList.add('clickable');
    const list = shown();
    const aside = asides(list);
    const rates = ratesOf(list);
    const axis = lag ? lagAxis(list) : growthAxis(list);
    const { proven, refuted } = all.sustained[replica];
    const family = getComputedStyle(document.body).fontFamily;
    const tip = document.createElement('div');
    tip.className = 'tip';
    tip.hidden = true;
    const places = [];

    /** Words beginning there, or ending there, moved so that they are not cut. */
    const text = (u, words, x, y, name, ends) => {
      const dots = devicePixelRatio;
      u.ctx.font = 12 * dots + 'px ' + family;
      u.ctx.textBaseline = 'bottom';
      u.ctx.textAlign = 'left';
      const wide = u.ctx.measureText(words).width;
      const left = Math.max(u.bbox.left, Math.min(ends ? x - wide : x, u.bbox.left + u.bbox.width - wide));
      u.ctx.fillStyle = colour(name);
      u.ctx.fillText(words, left, y);
    };
    const line = (u, x1, y1, x2, y2, name, dash) => {
      u.ctx.strokeStyle = colour(name);
      u.ctx.lineWidth = devicePixelRatio * 1.5;
      u.ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
      u.ctx.beginPath();
      u.ctx.moveTo(x1, y1);
      u.ctx.lineTo(x2, y2);
      u.ctx.stroke();
      u.ctx.setLineDash([]);
    };
    const beneath = (u) => {
      const { left, top, width: wide, height } = u.bbox;
      const at = (rate) => u.valToPos(rate, 'x', true);
      const inside = (rate) => rate !== null && rate >= u.scales.x.min && rate <= u.scales.x.max;
      const held = (x) => Math.max(left, Math.min(x, left + wide));
      if (proven !== null && refuted !== null) {
        u.ctx.fillStyle = colour('area');
        u.ctx.fillRect(held(at(proven)), top, held(at(refuted)) - held(at(proven)), height);
      }
      const dots = devicePixelRatio;
      if (inside(proven)) {
        line(u, at(proven), top, at(proven), top + height, 'good', []);
        text(u, whole(proven) + ' proven', at(proven) + dots, top - 18 * dots, 'good', true);
      }
      if (inside(refuted)) {
        line(u, at(refuted), top, at(refuted), top + height, 'bad', []);
        text(u, whole(refuted) + ' refuted', at(refuted) - dots, top - 3 * dots, 'bad', false);
      }
      for (const limit of axis.lines) {
        const y = u.valToPos(limit.at, 'y', true);
        line(u, left, y, left + wide, y, 'ink', limit.label ? [6, 4] : []);
        if (limit.label) text(u, limit.label, left + 6 * dots, y - 3 * dots, 'ink', false);
      }
    };
    const above = (u) => {
      const dots = devicePixelRatio;
      places.length = 0;
      for (const trial of list) {
        if (trial.rate < u.scales.x.min || trial.rate > u.scales.x.max) continue;
        const x = u.valToPos(trial.rate, 'x', true) + aside(u, trial) * dots;
        for (const mark of axis.marks(trial)) {
          const y = u.valToPos(mark.at, 'y', true);
          const from = u.valToPos(mark.from, 'y', true);
          const to = mark.open ? u.bbox.top + 6 * dots : u.valToPos(mark.to, 'y', true);
          u.ctx.fillStyle = colour(outcomes[trial.outcome]);
          line(u, x, from, x, to, outcomes[trial.outcome], mark.open ? [3, 3] : []);
          if (mark.open) {
            line(u, x - 4 * dots, to + 6 * dots, x, to, outcomes[trial.outcome], []);
            line(u, x + 4 * dots, to + 6 * dots, x, to, outcomes[trial.outcome], []);
          }
          shape(u.ctx, trial.outcome, x, y, mark.size * dots);
          if (trial === all.trials[chosen]) {
            u.ctx.strokeStyle = colour('ink');
            u.ctx.lineWidth = 2 * dots;
            u.ctx.beginPath();
            u.ctx.arc(x, y, (mark.size + 5) * dots, 0, 2 * Math.PI);
            u.ctx.stroke();
          }
          places.push({ trial: trial, x: (x - u.bbox.left) / dots, y: (y - u.bbox.top) / dots });
        }
      }
    };
    const under = (u) => {
      const { left, top } = u.cursor;
      let best = null;
      let least = 16;
      for (const one of left < 0 ? [] : places) {
        const off = Math.hypot(one.x - left, one.y - top);
        if (off < least) {
          best = one;
          least = off;
        }
      }
      return best;
    };
    const tell = (u) => {
      const found = under(u);
      tip.hidden = !found;
      u.over.style.cursor = found ? 'pointer' : '';
      if (!found) return;
      tip.textContent = found.trial.words;
      tip.style.left = Math.max(0, Math.min(found.x + 12, u.over.clientWidth - tip.offsetWidth)) + 'px';
      const high = found.y - tip.offsetHeight - 12;
      tip.style.top = (high > -60 ? high : found.y + 18) + 'px';
    };

    const plot = new uPlot({
      width: width,
      height: width < 560 ? 300 : 360,
      padding: [38, 12, 0, 0],
      scales: { x: { time: false, distr: 3, range: (u, min, max) => min === null ? rates : [min, max] }, y: axis.scale },
      axes: [
        {
          label: all.label,
          labelSize: 24,
          stroke: colour('soft'),
          splits: (u, i, min, max) => ticks(min, max, width),
          // Without this a log axis would name its tens alone.
          filter: (u, splits) => splits,
          values: (u, splits) => splits.map(short),
          grid: { stroke: colour('grid'), width: 1 },
          ticks: { stroke: colour('grid') },
        },
        {
          scale: 'y',
          label: axis.label,
          labelSize: 24,
          size: 58,
          stroke: colour('soft'),
          splits: () => axis.splits,
          filter: (u, splits) => splits,
          values: (u, splits) => splits.map(short),
          grid: { stroke: colour('grid'), width: 1 },
          ticks: { stroke: colour('grid') },
        },
      ],
      series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
      cursor: { drag: { x: true, y: false }, x: false, y: false, points: { show: false } },
      legend: { show: false },
      hooks: {
        init: [(u) => {
          u.over.append(tip);
          u.over.addEventListener('click', () => {
            const found = under(u);
            if (found) choose(all.trials.indexOf(found.trial));
          });
        }],
        drawAxes: [beneath],
        draw: [above],
        setCursor: [tell],
      },
    }, [rates, [null, null]], place);
    legend(list, colour, place, lag);
    plot.step = step;
    plots.set(place, plot);
    return plot;
  };

  /** The chosen trial as a chart of seconds; null where none was recorded. */
  const seconds = () => {
    const { seconds: own } = all.trials[chosen];
    if (own.x.length === 0) return null;
    const series = [
      { label: 'p50, ms', axis: 0, colour: 1, look: 'line', values: own.p50, rounds: 'UP' },
      { label: 'p99, ms', axis: 0, colour: 2, look: 'line', values: own.p99, rounds: 'UP' },
      { label: 'max, ms', axis: 0, colour: 6, look: 'line', values: own.max, rounds: 'UP' },
      { label: 'offset gap, bytes', axis: 1, colour: 3, look: 'line', values: own.gap, rounds: 'NEAREST' },
    ].filter((line) => line.values.some((value) => value !== null));
    for (const limit of all.limits) {
      series.push({ label: limit.label, axis: 0, colour: 5, look: 'dashed', values: own.x.map(() => limit.at), rounds: 'NEAREST' });
    }
    const axes = [{ label: 'lag, upper bound, ms', log: true }];
    if (series.some((line) => line.axis === 1)) axes.push({ label: 'offset gap, bytes', log: false });
    return { kind: 'seconds', label: 'seconds of its measured time', x: own.x, names: [], axes: axes, series: series, band: [] };
  };

  const told = document.createElement('p');
  told.className = 'told';
  told.setAttribute('aria-live', 'polite');

  const mark = () => {
    told.textContent = all.trials[chosen].words;
    rows.forEach((row, i) => {
      row.hidden = all.trials[i].replica !== replica;
      row.classList.toggle('chosen', i === chosen);
      row.querySelector('button').setAttribute('aria-pressed', String(i === chosen));
    });
  };
  /** What is looked at closely in the other charts stays so. */
  const choose = (index) => {
    chosen = index;
    mark();
    plots.forEach((plot) => plot.redraw(false));
    redraw('trial');
  };
  const step = (by) => {
    const own = shown();
    const to = own.indexOf(all.trials[chosen]) + by;
    if (to >= 0 && to < own.length) choose(all.trials.indexOf(own[to]));
  };
  /** To begin with the last one that was refuted, for it shows most; else the last one. */
  const first = () => {
    const own = shown();
    const refuted = own.filter((trial) => trial.outcome === 'refuted' && trial.seconds.x.length > 0);
    return all.trials.indexOf(refuted[refuted.length - 1] ?? own[own.length - 1] ?? all.trials[0]);
  };

  rows.forEach((row, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = row.cells[0].textContent;
    button.setAttribute('aria-label', 'show trial ' + button.textContent + ' by second');
    row.cells[0].replaceChildren(button);
    row.addEventListener('click', () => choose(i));
  });
  section.querySelector('[data-chart="capacity-seconds"]').before(told);
  const bar = document.createElement('div');
  section.querySelector('figure').before(bar);
  const choices = (title, names, change) => {
    const box = document.createElement('fieldset');
    box.className = 'choice';
    const legend = document.createElement('legend');
    legend.textContent = title;
    box.append(legend);
    names.forEach((name, i) => {
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'radio';
      input.name = 'capacity-' + title;
      input.checked = i === 0;
      input.addEventListener('change', () => {
        change(i);
        redraw('trials', 'growth', 'trial');
      });
      label.append(input, ' ' + name);
      box.append(label);
    });
    bar.append(box);
  };
  if (all.replicas.length > 1) {
    choices('replica', all.replicas, (i) => {
      replica = i;
      chosen = first();
      mark();
    });
  }
  if (all.sustained.some((one) => (one.proven ?? one.refuted) !== null)) {
    choices('rates', ['all', 'near the capacity'], (i) => { near = i === 1; });
  }
  chosen = first();
  mark();
  return { overRate: overRate, seconds: seconds, step: step };
};
