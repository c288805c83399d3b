using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FederationConsole.Features.Verifications;

/// <summary>
/// Draws digits by strokes of our own, each turned, leaned and bent differently, crossed by curves of the same thickness, in
/// shades of grey. Raster and not SVG, whose paths a machine reads as they are. No font is used.
/// </summary>
public static class CaptchaPicture
{
    public const int Width = 220;
    public const int Height = 80;

    private const double Margin = 18;

    /// <summary>Steps of a fraction.</summary>
    private const int Fine = 1 << 20;

    /// <summary>Each digit's strokes in a box of 1 by 1, as the turning points of a curve (or corners, where sharp).</summary>
    private static readonly (bool Sharp, double[][] Strokes)[] Digits =
    [
        (false, [[0.5, 0, 0.82, 0.12, 0.95, 0.5, 0.82, 0.88, 0.5, 1, 0.18, 0.88, 0.05, 0.5, 0.18, 0.12, 0.5, 0]]),
        (true, [[0.22, 0.24, 0.56, 0, 0.56, 1]]),
        (false, [[0.08, 0.26, 0.24, 0.05, 0.5, 0, 0.8, 0.08, 0.88, 0.3, 0.72, 0.54, 0.4, 0.78, 0.08, 1], [0.08, 1, 0.94, 1]]),
        (false, [[0.12, 0.12, 0.4, 0, 0.74, 0.06, 0.82, 0.26, 0.68, 0.44, 0.4, 0.48], [0.4, 0.48, 0.74, 0.54, 0.9, 0.74, 0.74, 0.95, 0.4, 1, 0.1, 0.88]]),
        (true, [[0.72, 1, 0.72, 0, 0.06, 0.68, 0.96, 0.68]]),
        (false, [[0.86, 0, 0.2, 0], [0.2, 0, 0.15, 0.46], [0.15, 0.46, 0.48, 0.38, 0.84, 0.5, 0.9, 0.74, 0.72, 0.96, 0.36, 1, 0.1, 0.88]]),
        (false, [[0.78, 0.02, 0.4, 0.2, 0.14, 0.54, 0.14, 0.8, 0.36, 1, 0.66, 1, 0.88, 0.82, 0.84, 0.6, 0.64, 0.48, 0.34, 0.52, 0.14, 0.72]]),
        (true, [[0.08, 0, 0.92, 0, 0.38, 1]]),
        (false, [[0.5, 0.46, 0.2, 0.34, 0.2, 0.1, 0.5, 0, 0.8, 0.1, 0.8, 0.34, 0.5, 0.46], [0.5, 0.46, 0.9, 0.6, 0.9, 0.88, 0.5, 1, 0.1, 0.88, 0.1, 0.6, 0.5, 0.46]]),
        (false, [[0.22, 0.98, 0.6, 0.8, 0.86, 0.46, 0.86, 0.2, 0.64, 0, 0.34, 0, 0.12, 0.18, 0.16, 0.4, 0.36, 0.52, 0.66, 0.48, 0.86, 0.28]]),
    ];

    /// <param name="digits">What it shows.</param>
    /// <param name="seed">The picture's own bytes: the same picture each time it is fetched, so that fetching it often tells no more.</param>
    /// <returns>A PNG.</returns>
    public static byte[] Draw(string digits, ReadOnlySpan<byte> seed)
    {
        var canvas = new Canvas(new Chance(seed.ToArray()));
        var step = (Width - (2 * Margin)) / digits.Length;
        for (var i = 0; i < digits.Length; i++)
        {
            canvas.Draw(Digits[digits[i] - '0'], Margin + (step * (i + 0.5)), step);
        }

        canvas.Cross();
        return Png.Grey(canvas.Shades, Width, Height);
    }

    private sealed class Canvas
    {
        private readonly Chance _random;
        private readonly double _waveHeight;
        private readonly double _waveLength;
        private readonly double _wavePhase;

        public Canvas(Chance random)
        {
            _random = random;
            (_waveHeight, _waveLength, _wavePhase) = (Between(4, 8), Between(60, 110), Between(0, 2 * Math.PI));
            for (var i = 0; i < Shades.Length; i++)
            {
                Shades[i] = (byte)random.Next(205, 256);
            }
        }

        public byte[] Shades { get; } = new byte[Width * Height];

        public void Draw((bool Sharp, double[][] Strokes) digit, double middle, double room)
        {
            var (turn, lean, wide, high) = (Between(-0.38, 0.38), Between(-0.35, 0.35), room * Between(0.62, 0.86), Between(38, 52));
            var (x0, y0, thick, shade) = (middle + Between(-3, 3), (Height / 2d) + Between(-6, 6), Between(1.5, 2.4), _random.Next(20, 90));
            foreach (var stroke in digit.Strokes)
            {
                // No two digits alike: every turning point is moved a little.
                var points = new List<(double X, double Y)>();
                for (var i = 0; i < stroke.Length; i += 2)
                {
                    var (x, y) = ((stroke[i] - 0.5 + Between(-0.03, 0.03)) * wide, (stroke[i + 1] - 0.5 + Between(-0.03, 0.03)) * high);
                    x += lean * y;
                    points.Add((x0 + (x * Math.Cos(turn)) - (y * Math.Sin(turn)), y0 + (x * Math.Sin(turn)) + (y * Math.Cos(turn))));
                }

                Line(digit.Sharp ? points : Curve(points), thick, shade);
            }
        }

        /// <summary>Curves over everything, as thick and as dark as the digits, so that neither tells them apart.</summary>
        public void Cross()
        {
            for (var i = 0; i < 3; i++)
            {
                var points = new List<(double X, double Y)>();
                for (double x = Between(-20, 20); x < Width + 40; x += Between(35, 60))
                {
                    points.Add((x, Between(8, Height - 8)));
                }

                Line(Curve(points), Between(0.9, 1.6), _random.Next(30, 120));
            }
        }

        /// <summary>Catmull-Rom through the points.</summary>
        private static List<(double X, double Y)> Curve(List<(double X, double Y)> points)
        {
            const int parts = 8;
            var curve = new List<(double, double)>();
            for (var i = 0; i + 1 < points.Count; i++)
            {
                var (a, b, c, d) = (points[Math.Max(i - 1, 0)], points[i], points[i + 1], points[Math.Min(i + 2, points.Count - 1)]);
                for (var part = 0; part <= parts; part++)
                {
                    var t = part / (double)parts;
                    curve.Add((Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t)));
                }
            }

            return curve;
        }

        private static double Spline(double a, double b, double c, double d, double t) =>
            0.5 * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t) + (((3 * b) - a - (3 * c) + d) * t * t * t));

        private void Line(List<(double X, double Y)> points, double thick, int shade)
        {
            for (var i = 0; i + 1 < points.Count; i++)
            {
                Segment(Bend(points[i]), Bend(points[i + 1]), thick, shade);
            }
        }

        /// <summary>A wave through the whole picture.</summary>
        private (double X, double Y) Bend((double X, double Y) point) =>
            (point.X + (_waveHeight / 2 * Math.Sin((point.Y / _waveLength * 4) + _wavePhase)), point.Y + (_waveHeight * Math.Sin((2 * Math.PI * point.X / _waveLength) + _wavePhase)));

        private void Segment((double X, double Y) from, (double X, double Y) to, double thick, int shade)
        {
            var (dx, dy) = (to.X - from.X, to.Y - from.Y);
            var length = (dx * dx) + (dy * dy);
            for (var y = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - thick - 1)); y <= Math.Min(Height - 1, (int)(Math.Max(from.Y, to.Y) + thick + 1)); y++)
            {
                for (var x = Math.Max(0, (int)(Math.Min(from.X, to.X) - thick - 1)); x <= Math.Min(Width - 1, (int)(Math.Max(from.X, to.X) + thick + 1)); x++)
                {
                    var along = length == 0 ? 0 : Math.Clamp((((x - from.X) * dx) + ((y - from.Y) * dy)) / length, 0, 1);
                    var (px, py) = (x - from.X - (along * dx), y - from.Y - (along * dy));
                    var covered = Math.Clamp(thick + 0.5 - Math.Sqrt((px * px) + (py * py)), 0, 1);
                    ref var pixel = ref Shades[(y * Width) + x];
                    pixel = (byte)Math.Min(pixel, pixel + ((shade - pixel) * covered));
                }
            }
        }

        private double Between(double least, double most) => least + (_random.Next(0, Fine) / (double)Fine * (most - least));
    }

    /// <summary>Numbers that follow from the seed alone: hashes of it, one after another.</summary>
    private sealed class Chance(byte[] seed)
    {
        private byte[] _block = SHA256.HashData(seed);
        private int _used;

        public int Next(int least, int most)
        {
            if (_used == _block.Length)
            {
                (_block, _used) = (SHA256.HashData(_block), 0);
            }

            _used += sizeof(uint);
            return least + (int)(BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_used - sizeof(uint))) % (uint)(most - least));
        }
    }
}
