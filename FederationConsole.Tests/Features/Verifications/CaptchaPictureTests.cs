using System.Buffers.Binary;
using System.IO.Compression;
using FederationConsole.Features.Verifications;

namespace FederationConsole.Tests.Features.Verifications;

public sealed class CaptchaPictureTests
{
    [Fact]
    public void It_is_a_png_of_its_size_with_ink_and_paper()
    {
        var (width, height, shades) = Read(CaptchaPicture.Draw("0123456789", [1, 2, 3, 4]));

        Assert.Equal((CaptchaPicture.Width, CaptchaPicture.Height), (width, height));
        Assert.InRange(shades.Count(s => s < 130) / (double)shades.Length, 0.04, 0.4);
        Assert.True(shades.Count(s => s > 200) > shades.Length / 2);
    }

    [Fact]
    public void The_same_digits_look_different_each_time_and_the_same_captcha_the_same()
    {
        Assert.NotEqual(CaptchaPicture.Draw("265621", [1, 0, 0, 0]), CaptchaPicture.Draw("265621", [2, 0, 0, 0]));
        Assert.Equal(CaptchaPicture.Draw("265621", [1, 0, 0, 0]), CaptchaPicture.Draw("265621", [1, 0, 0, 0]));
        Assert.NotEqual(CaptchaPicture.Draw("265621", [1, 0, 0, 0]), CaptchaPicture.Draw("265622", [1, 0, 0, 0]));
    }

    /// <summary>As ISO/IEC 15948 has it, each chunk's sum checked by the algorithm bit by bit.</summary>
    private static (int Width, int Height, byte[] Shades) Read(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new List<(string Name, byte[] Data)>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var summed = png.AsSpan(at + 4, length + 4);
            Assert.Equal(Sum(summed), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add((System.Text.Encoding.ASCII.GetString(summed[..4]), summed[4..].ToArray()));
            at += length + 12;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(c => c.Name));
        var header = chunks[0].Data;
        Assert.Equal([8, 0, 0, 0, 0], header[8..]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var lines = raw.ToArray();
        Assert.Equal((width + 1) * height, lines.Length);
        return (width, height, [.. lines.Where((_, i) => i % (width + 1) != 0)]);
    }

    private static uint Sum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
