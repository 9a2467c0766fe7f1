/** Bars over time in bands of lanes: a uPlot, whose step goes from bar to bar. */
const lanes = (place, spec, width, colour) => {
  'use strict';
  const apart = 6;
  // However many there are, the picture does not become higher: lanes become thinner.
  const count = spec.bands.reduce((sum, band) => sum + band.lanes, 0);
  const thick = Math.min(22, (700 - apart * spec.bands.length) / count);
  const between = thick > 6 ? 2 : thick > 3 ? 1 : 0;
  const bands = [];
  const tops = [];
  let height = 0;
  for (const band of spec.bands) {
    const top = height;
    for (let lane = 0; lane < band.lanes; lane++) tops.push(top + apart / 2 + lane * thick);
    height += apart + band.lanes * thick;
    bands.push({ name: band.name, top: top, middle: (top + height) / 2, bottom: height });
  }
  const most = width < 560 ? 12 : 24;
  const brief = (name) => name.length <= most ? name
    : name.slice(0, Math.floor(most / 2) - 1) + '…' + name.slice(name.length - Math.ceil(most / 2));
  // Names that would lie over each other are left out; what is told of a bar has its name.
  const named = [];
  for (const band of bands) {
    if (named.length === 0 || band.middle - named[named.length - 1].middle >= 13) named.push(band);
  }
  const longest = Math.max(...bands.map((band) => brief(band.name).length));
  const full = Math.max(spec.end, 0.001);

  const bars = (look) => (u) => {
    const path = new Path2D();
    const thin = devicePixelRatio;
    spec.from.forEach((from, i) => {
      if (spec.look[i] !== look) return;
      const left = u.valToPos(from, 'x', true);
      const wide = u.valToPos(from + spec.length[i], 'x', true) - left;
      const top = u.valToPos(tops[spec.lane[i]], 'y', true);
      const bottom = u.valToPos(tops[spec.lane[i]] + thick - between, 'y', true);
      // A gap, by which neighbours are told apart.
      path.rect(left, top, Math.max(thin, wide > 4 * thin ? wide - thin : wide), bottom - top);
    });
    return { fill: path, stroke: path, clip: null, band: null, gaps: null, flags: 0 };
  };

  const hidden = (name) => {
    const made = document.createElement('div');
    made.className = name;
    made.hidden = true;
    return made;
  };
  const tip = hidden('tip');
  const mark = hidden('mark');
  let told = -1;
  const tell = (u, index) => {
    told = index;
    tip.hidden = mark.hidden = index < 0;
    u.over.style.cursor = index < 0 ? '' : 'pointer';
    if (index < 0) return;
    const from = Math.max(0, u.valToPos(spec.from[index], 'x'));
    const to = Math.min(u.over.clientWidth, u.valToPos(spec.from[index] + spec.length[index], 'x'));
    const high = u.valToPos(tops[spec.lane[index]], 'y');
    const low = u.valToPos(tops[spec.lane[index]] + thick - between, 'y');
    mark.style.left = from + 'px';
    mark.style.width = Math.max(1, to - from) + 'px';
    mark.style.top = high + 'px';
    mark.style.height = low - high + 'px';
    tip.textContent = spec.words[index];
    const { left, top } = u.cursor;
    tip.style.left = Math.max(0, Math.min(left + 12, u.over.clientWidth - tip.offsetWidth)) + 'px';
    const above = top - tip.offsetHeight - 10;
    tip.style.top = (above > -60 ? above : top + 18) + 'px';
  };
  const under = (u) => {
    const { left, top } = u.cursor;
    if (left < 0 || top < 0) return -1;
    const x = u.posToVal(left, 'x');
    const y = u.posToVal(top, 'y');
    const near = 3 * (u.scales.x.max - u.scales.x.min) / u.over.clientWidth;
    let best = -1;
    let least = near;
    spec.from.forEach((from, i) => {
      const high = tops[spec.lane[i]];
      if (y < high || y >= high + thick || !u.series[spec.look[i] + 1].show) return;
      const off = Math.max(from - x, x - from - spec.length[i], 0);
      if (off < least || (off === 0 && best < 0)) {
        best = i;
        least = off;
      }
    });
    return best;
  };

  const plot = new uPlot({
    width: width,
    height: Math.ceil(height) + 92,
    scales: {
      x: { time: false },
      y: { dir: -1, range: [0, height] },
    },
    axes: [
      {
        label: spec.label,
        labelSize: 24,
        stroke: colour('soft'),
        grid: { stroke: colour('grid'), width: 1 },
        ticks: { stroke: colour('grid') },
      },
      {
        scale: 'y',
        stroke: colour('soft'),
        size: 14 + 7 * longest,
        splits: () => named.map((band) => band.middle),
        values: () => named.map((band) => brief(band.name)),
        grid: { show: false },
        ticks: { show: false },
      },
    ],
    series: [{}].concat(spec.looks.map((look, i) => ({
      label: look.label,
      scale: 'y',
      stroke: colour('c' + look.colour),
      fill: look.fill === 'none' ? undefined : colour('c' + look.colour) + (look.fill === 'pale' ? '70' : ''),
      width: look.fill === 'none' ? 1 : 0,
      paths: bars(i),
      points: { show: false },
    }))),
    cursor: { drag: { x: true, y: false }, y: false, points: { show: false } },
    legend: { live: false },
    hooks: {
      init: [(u) => u.over.append(mark, tip)],
      drawClear: [(u) => {
        u.ctx.fillStyle = colour('sheet');
        bands.forEach((band, i) => {
          if (i % 2 === 1) return;
          const top = u.valToPos(band.top, 'y', true);
          u.ctx.fillRect(u.bbox.left, top, u.bbox.width, u.valToPos(band.bottom, 'y', true) - top);
        });
      }],
      setCursor: [(u) => tell(u, under(u))],
    },
  }, [[0, ...spec.from, full]].concat(spec.looks.map((look, kind) =>
    [null, ...spec.from.map((from, i) => spec.look[i] === kind ? tops[spec.lane[i]] : null), null])), place);
  place.classList.add('lanes');

  plot.step = (by) => {
    const to = Math.min(spec.from.length - 1, Math.max(0, told < 0 && by < 0 ? spec.from.length - 1 : told + by));
    plot.setCursor({
      left: Math.max(0, plot.valToPos(spec.from[to] + spec.length[to] / 2, 'x')),
      top: plot.valToPos(tops[spec.lane[to]] + thick / 2, 'y'),
    });
    tell(plot, to);
  };
  return plot;
};
