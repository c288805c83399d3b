using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Verifications;

/// <summary>
/// A captcha that waits for its one try, five minutes long, for one phone or mail of one environment. Six digits without a zero
/// in front, so that they are a number as well: both forms have one answer.
/// </summary>
public sealed class Captcha : IEnvironmentOwned
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>SHA-256 of the id in the picture's address.</summary>
    public required byte[] Hash { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public required string Target { get; init; }

    /// <summary>In the clear, because it is drawn when the picture is fetched; it opens nothing but one more text message.</summary>
    public required string Answer { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class CaptchaMapping : IEntityTypeConfiguration<Captcha>
{
    public void Configure(EntityTypeBuilder<Captcha> builder)
    {
        builder.ToTable("Captchas").HasKey(c => c.Hash);
        builder.Property(c => c.Target).HasMaxLength(MessageTarget.MaxMail);
        builder.Property(c => c.Answer).HasMaxLength(8);
        builder.HasIndex(c => new { c.EnvironmentId, c.Target }).IsUnique();
        builder.HasIndex(c => new { c.EnvironmentId, c.ExpiresAt });
        builder.HasOne<ProjectEnvironment>().WithMany().HasForeignKey(c => c.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Makes captchas, shows them as a picture or as a question, and takes their one try.</summary>
public sealed class Captchas(Store store, IOptions<VerificationOptions> options, IStringLocalizer<VerificationTexts> texts)
{
    private readonly int _perAddress = options.Value.CaptchasPerAddressAndHour;

    /// <summary>The id for the picture's address: 256 random bits. The one before, of the same phone or mail, is over.</summary>
    /// <returns>Fault: <see cref="FaultKind.TooMany"/> for the caller's address.</returns>
    public async Task<Outcome<string>> IssueAsync(EnvironmentEntry environment, MessageTarget target, string? address)
    {
        var (id, answer) = (Tokens.New(), RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture));
        var issued = await store.WriteAsync(environment.Scope, async db =>
        {
            var taken = await ExactLimits.TakeAsync(db, $"captchas-from:{address}", _perAddress, ExactLimits.EndOfHour(db.Now));
            if (taken.Ok)
            {
                var now = db.Now;
                await db.Set<Captcha>().Where(c => c.Target == target.Text || c.ExpiresAt <= now).ExecuteDeleteAsync();
                db.Add(new Captcha { Hash = Tokens.Hash(id), Target = target.Text, Answer = answer, ExpiresAt = now + Captcha.Life });
            }

            return taken;
        });
        return issued.Ok ? id : issued.Fault;
    }

    /// <summary>As a picture (PNG), the same each time it is fetched. Fault: unknown, used or over.</summary>
    public async Task<Outcome<byte[]>> DrawAsync(string id)
    {
        var captcha = await FindAsync(id);
        return captcha.Ok ? CaptchaPicture.Draw(captcha.Value.Answer, captcha.Value.Hash) : captcha.Fault;
    }

    /// <summary>For those who cannot see it: a sum with the same answer, in the language of the current UI culture.</summary>
    public async Task<Outcome<string>> AskAsync(string id)
    {
        var captcha = await FindAsync(id);
        return captcha.Ok ? texts["Captcha.Question", captcha.Value.Answer[..3] + "000", captcha.Value.Answer[3..].TrimStart('0') is { Length: > 0 } rest ? rest : "0"].Value : captcha.Fault;
    }

    /// <summary>The one try: right or wrong, the captcha is gone.</summary>
    internal async Task<bool> TryAsync(EnvironmentEntry environment, MessageTarget target, string answer)
    {
        var expected = await store.WriteAsync(environment.Scope, async db =>
        {
            var now = db.Now;
            if (await db.Set<Captcha>().AsNoTracking().FirstOrDefaultAsync(c => c.Target == target.Text && c.ExpiresAt > now) is not { } captcha)
            {
                return null;
            }

            var taken = await db.Set<Captcha>().Where(c => c.Hash == captcha.Hash).ExecuteDeleteAsync();
            return taken == 1 ? captcha.Answer : null;
        });
        return expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(answer.Trim()));
    }

    private async Task<Outcome<Captcha>> FindAsync(string id)
    {
        if (id.Length > Tokens.MaxLength)
        {
            return FaultKind.NotFound;
        }

        // The id alone is presented, so the filter cannot be set before this read.
        var hash = Tokens.Hash(id);
        return await store.ReadAsync<Outcome<Captcha>>(Scope.Host, async db =>
        {
            var now = db.Now;
            return await db.Set<Captcha>().IgnoreQueryFilters().FirstOrDefaultAsync(c => c.Hash == hash && c.ExpiresAt > now) is { } captcha ? captcha : FaultKind.NotFound;
        });
    }
}
