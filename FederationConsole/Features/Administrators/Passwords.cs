using System.Security.Cryptography;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Identity;

namespace FederationConsole.Features.Administrators;

/// <summary>The rules of administrators' e-mails and passwords, and what checks and makes them.</summary>
public sealed class Passwords(IPasswordHasher<Administrator> hasher)
{
    /// <summary>Length is what counts (NIST SP 800-63B 5.1.1.2); no rules about kinds of characters.</summary>
    public const int MinLength = 10;

    /// <summary>Above what people type, below what makes hashing a burden.</summary>
    public const int MaxLength = 128;

    /// <summary>PBKDF2 with HMAC-SHA-512, as OWASP's password storage sheet asks.</summary>
    public const int Iterations = 210_000;

    private static readonly Administrator Nobody = new() { Email = "", Name = "", SecurityStamp = "" };
    private readonly string _nobodysHash = hasher.HashPassword(Nobody, Tokens.New());

    public static Fault? Check(string field, string? password) =>
        string.IsNullOrEmpty(password) ? new Fault(FaultKind.Missing, field)
        : password.Length is < MinLength or > MaxLength || password.Distinct().Count() < 4 ? new Fault(FaultKind.Invalid, field)
        : null;

    public static string Normalize(string? email) => (email ?? "").Trim().ToLowerInvariant();

    /// <summary>Something, one @, a domain with a dot or localhost; no blanks. Whether it exists, mail alone can tell.</summary>
    public static Fault? CheckEmail(string field, string? email)
    {
        var normal = Normalize(email);
        return normal.Length == 0 ? new Fault(FaultKind.Missing, field)
            : normal.Length <= Administrator.MaxEmail && !normal.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) &&
              normal.Split('@') is [{ Length: > 0 }, { Length: > 0 } domain] && !domain.StartsWith('.') && !domain.EndsWith('.') ? null
            : new Fault(FaultKind.Invalid, field);
    }

    /// <summary>100 random bits in groups of five letters and digits that are not taken for one another.</summary>
    public static string New() => Groups(4, 5);

    /// <summary>75 random bits: too many to search for behind a fast hash.</summary>
    public static string NewRecoveryCode() => Groups(3, 5);

    public static byte[] HashRecoveryCode(string code) =>
        Tokens.Hash(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    public bool Matches(string? hash, string password) =>
        password.Length <= MaxLength && hash is not null &&
        hasher.VerifyHashedPassword(Nobody, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>The work of a check for an account that is not there, so that time does not tell.</summary>
    public void PretendToCheck(string password) =>
        _ = hasher.VerifyHashedPassword(Nobody, _nobodysHash, password.Length <= MaxLength ? password : "");

    private static string Groups(int groups, int length) =>
        string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", length)));
}
