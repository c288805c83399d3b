using FederationConsole.Features.Accounts;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>What a vendor hands out for a code or a refresh token.</summary>
/// <param name="RefreshToken">Null: none, or at a refresh the old one stays (RFC 6749, 6).</param>
/// <param name="OpenId">Null at a refresh, where the seed has none.</param>
/// <param name="ExpiresIn">Seconds, where the vendor says it.</param>
public sealed record VendorTokens(string AccessToken, string? RefreshToken, string? OpenId, long? ExpiresIn)
{
    /// <summary>Never the tokens.</summary>
    public override string ToString() => $"tokens of {OpenId}";
}

/// <summary>What a vendor says of a person.</summary>
/// <param name="Mobile">Null where there is none, or what is there is no phone number.</param>
/// <param name="Gender">1 male, 2 female, 0 unknown.</param>
public sealed record VendorPerson(string OpenId, string? NickName, PhoneNumber? Mobile, string? AvatarUrl, int Gender);

/// <summary>Why a vendor's answer is none that can be used.</summary>
public enum VendorLapse
{
    /// <summary>Not a JSON object: HTML, an empty body, half an object.</summary>
    NotJson,
    /// <summary>A status of 4xx or 5xx without a result code.</summary>
    Status,
    /// <summary>A field that must be there is not; <see cref="VendorNo.NotAsked.Detail"/> names it.</summary>
    Missing,
    /// <summary>A field is of another type than seed 003's, or too long.</summary>
    WrongType,
    /// <summary>The openid of the user info, or of a refresh, is another than the token's.</summary>
    OtherUser,
}

/// <summary>Why there is no yes: one of the two below.</summary>
public abstract record VendorNo
{
    private VendorNo()
    {
    }

    /// <summary>The vendor was asked and said no.</summary>
    /// <param name="Code">The vendor's own; <see cref="VendorCodes"/> knows those of seed 003.</param>
    public sealed record Refused(string Code, string? Message) : VendorNo;

    /// <summary>No answer to speak of: one of the two says why.</summary>
    /// <param name="Detail">Names the field by the vendor's name, or the status; else the failure's name.</param>
    public sealed record NotAsked(OutboundFailure? Failure, VendorLapse? Lapse, string Detail) : VendorNo
    {
        public static NotAsked Of(OutboundFailure failure) => new(failure, null, failure.ToString());

        public static NotAsked Of(VendorLapse lapse, string detail) => new(null, lapse, detail);
    }
}

/// <summary>A vendor's yes with what it says, or a <see cref="VendorNo"/>.</summary>
public readonly record struct VendorReply<T>
    where T : class
{
    private VendorReply(T? value, VendorNo? no) => (Value, No) = (value, no);

    public T? Value { get; }

    public VendorNo? No { get; }

    public static implicit operator VendorReply<T>(T value) => new(value, null);

    public static implicit operator VendorReply<T>(VendorNo no) => new(null, no);
}

/// <summary>Seed 003, 公共返回结果码约定.</summary>
public static class VendorCodes
{
    public const string Done = "0";

    /// <summary>RefreshToken已过期或已失效: ends our session.</summary>
    public const string RefreshTokenOver = "100003";

    /// <summary>用户改密或解除授权导致AccessToken失效: ends our session.</summary>
    public const string Revoked = "100004";

    /// <summary>系统通用错误: also all that stands in no row of the table.</summary>
    public const string General = "110000";

    private static readonly HashSet<string> Table = ["100001", "100002", RefreshTokenOver, Revoked, "100005", "100006", General];

    public static bool IsKnown(string code) => Table.Contains(code);
}
