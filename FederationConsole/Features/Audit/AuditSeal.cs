using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FederationConsole.Data;

namespace FederationConsole.Features.Audit;

/// <summary>
/// The hash of a line: SHA-256 over these bytes, one after the other, so that anybody can check the chain from an export
/// of the table. Numbers are 64 bits, big-endian; a text is the count of its UTF-8 bytes as a number (-1 for null) and then
/// those bytes.
/// <code>
/// "FCA1"  Position  PreviousHash (32 bytes; zeros for position 1)
/// Id  At (milliseconds since 1970)  ProjectId  EnvironmentId  ActorKind
/// ActorId  ActorName  Address  RequestId  Action  SubjectKind  SubjectId  Changes
/// </code>
/// A column added to <see cref="AuditLine"/> needs a new name than FCA1 for lines that have it.
/// </summary>
/// <remarks>Keeps its buffer: one instance a walk, not for two threads.</remarks>
internal sealed class AuditSeal
{
    public const int Size = SHA256.HashSizeInBytes;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public byte[] Hash(long position, ReadOnlySpan<byte> previous, AuditLine line)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write("FCA1"u8);
        Add(position);
        _bytes.Write(previous);
        foreach (var number in (ReadOnlySpan<long>)
            [line.Id, line.At.ToUnixTimeMilliseconds(), line.ProjectId.Value, line.EnvironmentId.Value, (long)line.ActorKind])
        {
            Add(number);
        }

        foreach (var text in (ReadOnlySpan<string?>)
            [line.ActorId, line.ActorName, line.Address, line.RequestId, line.Action, line.SubjectKind, line.SubjectId, line.Changes])
        {
            Add(text);
        }

        return SHA256.HashData(_bytes.WrittenSpan);
    }

    private void Add(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), number);
        _bytes.Advance(sizeof(long));
    }

    private void Add(string? text)
    {
        Add(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null)
        {
            Encoding.UTF8.GetBytes(text, _bytes);
        }
    }
}
