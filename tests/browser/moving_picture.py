"""Joins the frames of lab_moving.js to one moving picture: python moving_picture.py FOLDER OUT.gif (needs Pillow)."""

import json
import sys
from pathlib import Path

from PIL import Image

folder, out = map(Path, sys.argv[1:])
times = json.loads((folder / "times.json").read_text())
frames = [Image.open(folder / f"{at:03}.png").convert("RGB") for at in range(len(times))]
# one palette for all, of what fills most: what stands still costs nothing then
whole = Image.new("RGB", (frames[0].width, frames[0].height * 2))
whole.paste(frames[0], (0, 0))
whole.paste(frames[-1], (0, frames[0].height))
palette = whole.quantize(colors=64, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
frames[0].save(out, save_all=True, append_images=frames[1:], duration=times, loop=0, optimize=False, disposal=1)
print(f"{out}: {len(frames)} frames, {out.stat().st_size} bytes")
