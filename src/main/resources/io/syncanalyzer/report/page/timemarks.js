/**
 * What happened when, above and behind a chart over seconds: episodes of lag as bands from top to
 * bottom, everything else as signs on a strip along the top, a row for each kind, so that neither
 * colour alone tells them apart nor one hides another.
 */
const timemarks = (() => {
  'use strict';
  const ROW = 12;

  /** A sign of a kind, `size` from its middle. */
  const sign = (ctx, look, x, y, size) => {
    ctx.beginPath();
    if (look === 'triangle') {
      ctx.moveTo(x - size, y - size);
      ctx.lineTo(x + size, y - size);
      ctx.lineTo(x, y + size);
      ctx.closePath();
      ctx.fill();
    } else if (look === 'cross') {
      ctx.moveTo(x - size, y - size);
      ctx.lineTo(x + size, y + size);
      ctx.moveTo(x + size, y - size);
      ctx.lineTo(x - size, y + size);
      ctx.stroke();
    } else if (look === 'bars') {
      ctx.rect(x - size, y - size, size * 0.7, size * 2);
      ctx.rect(x + size * 0.3, y - size, size * 0.7, size * 2);
      ctx.fill();
    } else {
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + size);
      ctx.lineTo(x - size, y);
      ctx.closePath();
      ctx.fill();
    }
  };

  const band = (ctx, x, y, width, height) => {
    ctx.globalAlpha = 0.12;
    ctx.fillRect(x, y, width, height);
    ctx.globalAlpha = 1;
    ctx.fillRect(x, y, width, 3 * devicePixelRatio);
  };

  /** How much room the strip takes above the chart, in CSS pixels. */
  const room = (marks) => ROW * marks.filter((mark) => mark.look !== 'band').length;

  const draw = (u, marks, colour) => {
    const dots = devicePixelRatio;
    const ctx = u.ctx;
    const left = u.bbox.left;
    const right = left + u.bbox.width;
    const at = (second) => Math.min(right, Math.max(left, u.valToPos(second, 'x', true)));
    const strip = marks.filter((mark) => mark.look !== 'band');
    ctx.save();
    for (const mark of marks) {
      ctx.fillStyle = ctx.strokeStyle = colour('c' + mark.colour);
      ctx.lineWidth = 2 * dots;
      const y = u.bbox.top - (strip.length - strip.indexOf(mark) - 0.5) * ROW * dots;
      mark.from.forEach((from, i) => {
        if (mark.to[i] <= u.scales.x.min || from > u.scales.x.max) return;
        const width = Math.max(2 * dots, at(mark.to[i]) - at(from));
        if (mark.look === 'band') {
          band(ctx, at(from), u.bbox.top, width, u.bbox.height);
          return;
        }
        if (width > ROW * dots) ctx.fillRect(at(from), y - dots, width, 2 * dots);
        sign(ctx, mark.look, at(from) + Math.min(width, ROW * dots) / 2, y, 4 * dots);
      });
    }
    ctx.restore();
  };

  const legend = (place, marks, colour) => {
    const list = document.createElement('ul');
    list.className = 'marks';
    for (const mark of marks) {
      const icon = document.createElement('canvas');
      const dots = devicePixelRatio;
      icon.width = icon.height = 16 * dots;
      const ctx = icon.getContext('2d');
      ctx.scale(dots, dots);
      ctx.fillStyle = ctx.strokeStyle = colour('c' + mark.colour);
      ctx.lineWidth = 2;
      if (mark.look === 'band') {
        ctx.globalAlpha = 0.25;
        ctx.fillRect(1, 2, 14, 13);
        ctx.globalAlpha = 1;
        ctx.fillRect(1, 2, 14, 3);
      } else {
        sign(ctx, mark.look, 8, 8, 5);
      }
      const item = document.createElement('li');
      item.append(icon, mark.label);
      list.append(item);
    }
    place.append(list);
  };

  return { room, draw, legend };
})();
