"""Joins the frames of lab_moving.js to one moving picture: python moving_picture.py FOLDER OUT.gif (needs Pillow)."""

import json
import sys
from pathlib import Path

from PIL import Image, ImageChops

COLOURS = 31

folder, out = map(Path, sys.argv[1:])
times = json.loads((folder / "times.json").read_text())
frames = [Image.open(folder / f"{at:03}.png").convert("RGB") for at in range(len(times))]
# one palette for all, of what fills most
whole = Image.new("RGB", (frames[0].width, frames[0].height * 2))
whole.paste(frames[0], (0, 0))
whole.paste(frames[-1], (0, frames[0].height))
palette = whole.quantize(colors=COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
# what stays as it was is nothing in the next frame: it costs almost no bytes
nothing = Image.new("P", frames[0].size, COLOURS)
nothing.putpalette(frames[0].getpalette())
moved = [frames[0]]
for before, frame in zip(frames, frames[1:]):
    change = ImageChops.difference(before.convert("RGB"), frame.convert("RGB")).convert("L").point(lambda far: 255 * (far > 0))
    only = nothing.copy()
    only.paste(frame, (0, 0), change)
    moved.append(only)
moved[0].save(out, save_all=True, append_images=moved[1:], duration=times, loop=0, optimize=False, disposal=1, transparency=COLOURS)
print(f"{out}: {len(frames)} frames, {out.stat().st_size} bytes")
