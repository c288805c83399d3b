using System.Globalization;
using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Verifications;

/// <summary>A code that somebody asks for.</summary>
/// <param name="App">The app that asks, or 0; a code of one app is not good for another.</param>
/// <param name="Captcha">What the person typed, if they were asked to.</param>
/// <param name="Address">The caller's IP address.</param>
public sealed record CodeRequest(
    EnvironmentEntry Environment, CodePurpose Purpose, MessageTarget Target, AppId App, string? Captcha, string? Address, string RequestId);

/// <summary>A code that was typed right, and not used yet: <see cref="CodeService.RedeemAsync"/> takes it into the write that it allows.</summary>
public sealed class ProvenCode
{
    internal ProvenCode(long id, MessageChannel channel) => (Id, Channel) = (id, channel);

    internal long Id { get; }

    internal MessageChannel Channel { get; }
}

/// <summary>
/// Sends one-time codes and takes them back. Two steps: <see cref="ProveAsync"/> counts the try in a write of its own, so that a
/// wrong one stays counted; <see cref="RedeemAsync"/> stands inside the write that the code allows, so that two who come at
/// once get it once, and a write that fails gives it back.
/// </summary>
public sealed class CodeService(
    Store store, MessageDelivery delivery, CodeQueue queue, Captchas captchas, IOptions<VerificationOptions> options)
{
    private readonly int _perAddress = options.Value.CodesPerAddressAndHour;

    /// <summary>
    /// Sends a code. Faults: <see cref="FaultKind.NotAllowedNow"/> (nobody is set up to send), <see cref="FaultKind.SmsLimit"/>,
    /// <see cref="FaultKind.CaptchaNeeded"/>, <see cref="FaultKind.CaptchaWrong"/>, <see cref="FaultKind.Unexpected"/> (the
    /// provider did not take it; the log says why).
    /// </summary>
    public async Task<Outcome> SendAsync(CodeRequest request, CancellationToken cancellation)
    {
        var made = await MakeAsync(request);
        if (!made.Ok)
        {
            return made.Fault;
        }

        // Not with the caller's patience: what is on its way to the provider is paid for.
        cancellation.ThrowIfCancellationRequested();
        var sent = await delivery.SendAsync(request.Environment, request.Target, made.Value, OneTimeCode.Life, trace: null, CancellationToken.None);
        return !sent.Ok ? sent.Fault : sent.Value is Delivery.Taken ? Outcome.Done : new Fault(FaultKind.Unexpected) { RequestId = request.RequestId };
    }

    /// <summary>
    /// For answers that must not tell whether there is such a user: everything is done and counted as in <see cref="SendAsync"/>,
    /// but the message leaves after the answer, or never. A provider's failure is in the log alone.
    /// </summary>
    /// <param name="deliver">Whether there is somebody to send it to.</param>
    public async Task<Outcome> SendUnseenAsync(CodeRequest request, bool deliver)
    {
        var made = await MakeAsync(request);
        if (made.Ok && deliver)
        {
            queue.Add(request.Environment, request.Target, made.Value);
        }

        return made.Ok ? Outcome.Done : made.Fault;
    }

    /// <summary>
    /// Whether this is the code that was sent. Each call is one of five tries, right or wrong. Faults by the target's channel:
    /// <see cref="FaultKind.PhoneCodeMissing"/> or <see cref="FaultKind.MailCodeMissing"/> (never sent, over, used, or tried too
    /// often), <see cref="FaultKind.PhoneCodeWrong"/> or <see cref="FaultKind.MailCodeWrong"/>.
    /// </summary>
    public async Task<Outcome<ProvenCode>> ProveAsync(EnvironmentEntry environment, CodePurpose purpose, MessageTarget target, AppId app, string code)
    {
        var (noApp, text) = (default(AppId), target.Text);
        var tried = await store.WriteAsync(environment.Scope, async db =>
        {
            var now = db.Now;
            var codes = db.Set<OneTimeCode>()
                .Where(c => c.Purpose == purpose && c.Target == text && c.RedeemedAt == null && c.ExpiresAt > now)
                .Where(c => c.AppId == noApp || app == noApp || c.AppId == app);
            var counted = await codes.Where(c => c.Tries < OneTimeCode.MaxTries).ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, c => c.Tries + 1));
            return counted == 1 ? await codes.AsNoTracking().FirstOrDefaultAsync() : null;
        });
        return tried is null ? Missing(target.Channel)
            : tried.Matches(code) ? new ProvenCode(tried.Id, target.Channel)
            : target.Channel == MessageChannel.Sms ? FaultKind.PhoneCodeWrong : FaultKind.MailCodeWrong;
    }

    /// <summary>
    /// Uses a proven code up, in the write that it allows: one conditional update that must touch one row. The fault is as for a
    /// code that was never sent: somebody else was faster, or it is over by now.
    /// </summary>
    public static async Task<Outcome> RedeemAsync(ConsoleDb db, ProvenCode code)
    {
        var now = db.Now;
        var redeemed = await db.Set<OneTimeCode>()
            .Where(c => c.Id == code.Id && c.RedeemedAt == null && c.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now));
        return redeemed == 1 ? Outcome.Done : Missing(code.Channel);
    }

    /// <summary>Part of the write that erases a person: codes sent to these addresses (E.164, lower-case mails) and the counts of them.</summary>
    public static async Task EraseAsync(ConsoleDb db, IReadOnlyList<string> addresses)
    {
        var keys = addresses.Select(address => KeyOf(db.EnvironmentId, address)).ToList();
        await db.Set<OneTimeCode>().Where(c => addresses.Contains(c.Target)).ExecuteDeleteAsync();
        await db.Set<LimitCount>().Where(c => keys.Contains(c.Key)).ExecuteDeleteAsync();
    }

    private static string KeyOf(EnvironmentId environment, string address) => $"codes:{environment}:{address}";

    private static FaultKind Missing(MessageChannel channel) => channel == MessageChannel.Sms ? FaultKind.PhoneCodeMissing : FaultKind.MailCodeMissing;

    /// <summary>Takes the limits and keeps the code's hash; the code itself is in nobody's hands yet.</summary>
    private async Task<Outcome<string>> MakeAsync(CodeRequest request)
    {
        var (environment, target) = (request.Environment, request.Target);
        if (delivery.Ready(environment, target.Channel).Fault is { } nobody)
        {
            return nobody;
        }

        var key = KeyOf(environment.Id, target.Text);
        var sent = await store.ReadAsync(environment.Scope, db => ExactLimits.CountAsync(db, key));
        var proven = false;
        if (sent >= environment.Policies.SmsFreePerDay && sent < environment.Policies.SmsMaxPerDay)
        {
            if (string.IsNullOrEmpty(request.Captcha))
            {
                return FaultKind.CaptchaNeeded;
            }

            // Used up here, right or wrong, in a write of its own: a try is a try.
            proven = await captchas.TryAsync(environment, target, request.Captcha);
            if (!proven)
            {
                return FaultKind.CaptchaWrong;
            }
        }

        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = OneTimeCode.HashOf(salt, code);
        var kept = await store.WriteAsync(environment.Scope, async db =>
        {
            var limits = await TakeAsync(db, request, key, proven);
            if (!limits.Ok)
            {
                return limits;
            }

            var now = db.Now;
            await db.Set<OneTimeCode>().Where(c => (c.Purpose == request.Purpose && c.Target == target.Text) || c.ExpiresAt <= now).ExecuteDeleteAsync();
            db.Add(new OneTimeCode
            {
                Id = db.NextId(),
                Purpose = request.Purpose,
                Target = target.Text,
                AppId = request.App,
                Salt = salt,
                Hash = hash,
                ExpiresAt = now + OneTimeCode.Life,
            });
            return limits;
        });
        return kept.Ok ? code : kept.Fault;
    }

    /// <summary>All of them or, when one is reached, none: the write is undone.</summary>
    private async Task<Outcome> TakeAsync(ConsoleDb db, CodeRequest request, string key, bool proven)
    {
        var policies = request.Environment.Policies;
        // Asked again inside the write: who came first at the same moment may have taken the last free one.
        var sent = await ExactLimits.CountAsync(db, key);
        if (sent < policies.SmsMaxPerDay && sent >= policies.SmsFreePerDay && !proven)
        {
            return FaultKind.CaptchaNeeded;
        }

        var taken = await ExactLimits.TakeAsync(db, key, policies.SmsMaxPerDay, ExactLimits.EndOfDay(db.Now));
        taken = taken.Ok ? await ExactLimits.TakeAsync(db, $"codes-from:{request.Address}", _perAddress, ExactLimits.EndOfHour(db.Now)) : taken;
        return taken.Ok
            ? await MessageQuota.TakeAsync(db, request.Environment, request.Target.Channel)
            : new Fault(FaultKind.SmsLimit) { RetryAfter = taken.Fault.RetryAfter };
    }
}
