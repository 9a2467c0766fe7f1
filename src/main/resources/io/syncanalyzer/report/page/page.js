(() => {
  'use strict';
  const charts = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const drawn = new Map();

  const ways = { NEAREST: Math.round, DOWN: Math.floor, UP: Math.ceil };
  const plain = (value, way = 'NEAREST') => {
    if (value === null || value === undefined) return '–';
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 3;
    // By its digits: 0.57 * 100 is a little less than 57.
    const shifted = Number(value + 'e' + digits);
    const rounded = isFinite(shifted) ? Number(ways[way](shifted) + 'e-' + digits) : value;
    return rounded.toLocaleString('en-US', { maximumFractionDigits: digits });
  };
  const short = (value) => {
    if (value === null) return '';
    for (const [size, letter] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
      if (Math.abs(value) >= size) return +(value / size).toFixed(1) + letter;
    }
    return String(+value.toPrecision(6));
  };
  const percentile = (nines) => {
    const p = 100 * (1 - Math.pow(10, -nines));
    return nines < 1 ? p.toFixed(0) + '%' : p.toFixed(Math.max(0, Math.ceil(nines) - 2)) + '%';
  };

  /** A log axis spans whole decades, so that a nearly constant line is not blown up. */
  const decades = (spec, axis) => {
    let low = Infinity;
    let high = 0;
    for (const series of spec.series) {
      if (series.axis !== axis) continue;
      for (const value of series.values) {
        if (value !== null && value > 0) {
          if (series.look !== 'dashed') low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (high === 0) return [0.1, 1];
    // Room beneath the lowest, so that it is not drawn on the edge.
    low = Math.pow(10, Math.floor(Math.log10(0.8 * (low === Infinity ? high : low))));
    high = Math.pow(10, Math.ceil(Math.log10(high)));
    return [low, high > low ? high : low * 10];
  };

  /** A value between two gaps is no line, so it is drawn as a point. */
  const alone = (u, index) => {
    const values = u.data[index];
    const found = [];
    values.forEach((value, i) => {
      if (value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) found.push(i);
    });
    return found.length > 0 ? found : null;
  };

  /** Where the bar of a series at a place of the x axis is, in the canvas's pixels. */
  const bar = (u, spec, series, at) => {
    const count = spec.series.length;
    const place = u.valToPos(1, 'x', true) - u.valToPos(0, 'x', true);
    const wide = Math.min(72 * devicePixelRatio, (0.84 * place) / count);
    const top = u.valToPos(u.data[series][at], u.series[series].scale, true);
    return {
      left: u.valToPos(spec.x[at], 'x', true) + (series - 1 - count / 2) * wide,
      top: top,
      wide: wide,
      high: u.bbox.top + u.bbox.height - top,
    };
  };

  /** Bars of the series beside each other at each name, from the foot of the axis. */
  const bars = (spec) => (u, series) => {
    const path = new Path2D();
    const gap = Math.min(2 * devicePixelRatio, bar(u, spec, series, 0).wide / 4);
    u.data[series].forEach((value, at) => {
      if (value === null) return;
      const { left, top, wide, high } = bar(u, spec, series, at);
      path.rect(left + gap, top, wide - 2 * gap, high);
    });
    return { fill: path, stroke: path, clip: null, band: null, gaps: null, flags: 0 };
  };

  /** Over each bar its figure, where there is room for it. */
  const figures = (u, spec, ink) => {
    const to = u.ctx;
    to.save();
    to.font = 11 * devicePixelRatio + 'px ' + getComputedStyle(document.body).fontFamily;
    to.fillStyle = ink;
    to.textAlign = 'center';
    to.textBaseline = 'bottom';
    spec.series.forEach((line, i) => line.values.forEach((value, at) => {
      if (value === null || !u.series[i + 1].show) return;
      const { left, top, wide } = bar(u, spec, i + 1, at);
      const fits = (text) => to.measureText(text).width < wide;
      const exact = plain(value, line.rounds);
      const text = fits(exact) || line.rounds !== 'NEAREST' ? exact : short(value);
      if (fits(text)) to.fillText(text, left + wide / 2, top - 3 * devicePixelRatio);
    }));
    to.restore();
  };

  const build = (place, given) => {
    const css = getComputedStyle(root);
    const colour = (name) => css.getPropertyValue('--' + name).trim();
    // A sheet of paper is narrower than most screens, and the layout still is the screen's here.
    const width = root.classList.contains('paper') ? 680 : Math.max(280, place.clientWidth);
    if (given.kind === 'lanes') return lanes(place, given, width, colour);
    if (given.kind === 'trials' || given.kind === 'growth') {
      return search.overRate(place, given.kind === 'trials', width, colour);
    }
    const spec = given.kind === 'trial' ? search.seconds() : given;
    place.hidden = spec === null;
    if (spec === null) return null;
    const scales = { x: { time: false } };
    if (spec.kind === 'names') scales.x.range = [-0.5, spec.names.length - 0.5];
    if (spec.kind === 'percentile') scales.x.range = [0, spec.x[spec.x.length - 1]];
    const axes = [{
      label: spec.kind === 'names' ? undefined : spec.label,
      labelSize: spec.kind === 'names' ? 0 : 24,
      stroke: colour('soft'),
      grid: { stroke: colour('grid'), width: 1, show: spec.kind !== 'names' },
      ticks: { stroke: colour('grid') },
    }];
    if (spec.kind === 'names') {
      const longest = Math.max(...spec.names.map((name) => name.length));
      if (7 * longest > (width - 80) / spec.names.length) {
        axes[0].rotate = -40;
        axes[0].size = 24 + 4.5 * longest;
      }
      axes[0].splits = () => spec.x;
      axes[0].values = (u, splits) => splits.map((at) => spec.names[at] ?? '');
    }
    // Seconds are counted whole.
    if (spec.kind === 'seconds') axes[0].incrs = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600, 7200, 14400, 43200, 86400];
    if (spec.kind === 'percentile') {
      const last = spec.x[spec.x.length - 1];
      axes[0].splits = () => [0, Math.log10(2), 1, 2, 3, 4, 5, 6, 7].filter((at) => at <= last);
      axes[0].values = (u, splits) => splits.map(percentile);
    }
    const feet = [];
    spec.axes.forEach((axis, i) => {
      const scale = { distr: axis.log ? 3 : 1 };
      if (axis.log) {
        const range = decades(spec, i);
        feet[i] = range[0];
        scale.range = range;
      } else {
        scale.range = (u, min, max) => [0, max > 0 ? max * 1.08 : 1];
      }
      scales['y' + i] = scale;
      const tens = [];
      if (axis.log) {
        for (let ten = scale.range[0]; ten <= scale.range[1] * 1.001; ten *= 10) tens.push(ten);
      }
      axes.push({
        scale: 'y' + i,
        splits: axis.log ? () => tens : undefined,
        side: i === 0 ? 3 : 1,
        label: axis.label,
        labelSize: 24,
        size: 58,
        stroke: colour('soft'),
        grid: { show: i === 0, stroke: colour('grid'), width: 1 },
        ticks: { stroke: colour('grid') },
        values: (u, splits) => splits.map(short),
      });
    });
    const series = [{
      label: spec.kind === 'seconds' ? 'second' : spec.label,
      value: (u, at) => at === null || at === undefined ? '–'
        : spec.kind === 'names' ? spec.names[at]
        : spec.kind === 'percentile' ? percentile(at) : plain(at),
    }];
    const data = [spec.x];
    for (const line of spec.series) {
      const stroke = colour('c' + line.colour);
      const log = spec.axes[line.axis].log;
      data.push(line.values.map((v) => v !== null && log ? Math.max(v, feet[line.axis]) : v));
      const one = {
        label: line.label,
        scale: 'y' + line.axis,
        stroke: stroke,
        width: 2,
        value: (u, v, s, at) =>
          plain(at === null || at === undefined ? null : line.values[at], line.rounds),
        points: { show: false, size: 6, stroke: stroke, fill: stroke, filter: alone },
      };
      if (line.look === 'dashed') one.dash = [6, 4];
      if (line.look === 'area') { one.width = 1; one.fill = stroke + '2e'; }
      if (line.look === 'bars' || line.look === 'hollow') {
        one.paths = bars(spec);
        one.points = { show: false };
        one.fill = line.look === 'bars' ? stroke + '99' : undefined;
      }
      series.push(one);
    }
    const bands = spec.band.length === 2
      ? [{ series: [spec.band[0] + 1, spec.band[1] + 1], fill: colour('area') }] : [];
    const named = spec.kind === 'names';
    const marks = spec.marks ?? [];
    const plot = new uPlot({
      width: width,
      height: (width < 560 ? 260 : 340) + timemarks.room(marks),
      padding: marks.length > 0 ? [8 + timemarks.room(marks), null, null, null] : undefined,
      hooks: marks.length > 0 ? { drawClear: [(u) => timemarks.draw(u, marks, colour)] }
        : named ? { draw: [(u) => figures(u, spec, colour('ink'))] } : {},
      scales: scales, axes: axes, series: series, bands: bands,
      // A point in the middle of a name would lie between its bars.
      cursor: { drag: { x: spec.kind === 'seconds', y: false }, ...(named ? { points: { show: false } } : {}) },
      legend: { live: true },
    }, data, place);
    if (marks.length > 0) timemarks.legend(plot.root, marks, colour);
    return plot;
  };

  const draw = (place) => {
    const old = drawn.get(place);
    if (old) old.destroy();
    drawn.set(place, build(place, charts[place.dataset.chart]));
  };
  const search = trials(charts, (...kinds) =>
    places.filter((place) => kinds.includes(charts[place.dataset.chart].kind)).forEach(draw));
  const places = [...document.querySelectorAll('[data-chart]')];
  const drawAll = () => places.forEach(draw);

  for (const place of places) {
    place.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const plot = drawn.get(place);
      if (plot === null) return;
      if (plot.step) {
        plot.step(step);
        return;
      }
      const last = plot.data[0].length - 1;
      const from = plot.cursor.idx ?? (step > 0 ? -1 : last + 1);
      const to = Math.min(last, Math.max(0, from + step));
      plot.setCursor({ left: plot.valToPos(plot.data[0][to], 'x'), top: 10 });
    });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', () => {
    root.classList.add('paper');
    drawAll();
  });
  addEventListener('afterprint', () => { root.classList.remove('paper'); drawAll(); });
  let waiting = 0;
  addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 120); });
  drawAll();
  root.dataset.charts = String(drawn.size);
})();
