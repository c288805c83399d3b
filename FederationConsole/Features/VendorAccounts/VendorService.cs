using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>A vendor as the console shows it: that there is a secret, never what it is.</summary>
public sealed record VendorDetails(
    AppId AppId, bool Enabled, string TokenUrl, string UserInfoUrl, string ClientId, TokenMethod TokenMethod, IReadOnlyDictionary<string, string> Fields,
    bool MobileVerified, DateTimeOffset? VerifiedAt, bool IsVerified, int Version);

/// <summary>An app of the environment with its vendor, if one is set up.</summary>
public sealed record VendorApp(AppEntry App, VendorDetails? Vendor);

/// <summary>What an administrator saves.</summary>
/// <param name="ClientSecret">Null or empty: stays as it is.</param>
/// <param name="Fields">Those that differ from seed 003's names.</param>
/// <param name="Version">What the form was filled from; 0 for one not set up yet.</param>
public sealed record VendorEdit(
    AppId AppId, string TokenUrl, string UserInfoUrl, string ClientId, string? ClientSecret, TokenMethod TokenMethod, IReadOnlyDictionary<string, string> Fields,
    bool MobileVerified, int Version)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => $"vendor of app {AppId}";
}

/// <summary>What a test run brought, step by step: tokens for the code, new ones by refresh, the user info.</summary>
/// <param name="Result">The person, or why there is none.</param>
/// <param name="Marked">Passed, and what is saved now is marked verified.</param>
public sealed record VendorTrial(IReadOnlyList<VerificationStep> Steps, VendorReply<VendorPerson> Result, bool Marked);

/// <summary>Sets up vendors and tries them.</summary>
public sealed class VendorService(Store store, ProjectCatalog projects, VendorCatalog catalog, VendorClient client, SecretBox secrets, OutboundCalls calls)
{
    /// <summary>The environment's apps by name.</summary>
    public async Task<Outcome<IReadOnlyList<VendorApp>>> ListAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var rows = await store.ReadAsync(environment.Value.Scope, db => db.Set<VendorAccount>().ToDictionaryAsync(v => v.AppId, Show));
        return Outcome.Of<IReadOnlyList<VendorApp>>(
            [.. projects.Apps(id).OrderBy(a => a.Name, StringComparer.Ordinal).ThenBy(a => a.Code, StringComparer.Ordinal).Select(a => new VendorApp(a, rows.GetValueOrDefault(a.Id)))]);
    }

    /// <summary>
    /// A first save switches it on. One that changes what travels takes the mark of the last passed test away. Faults: a field is missing or wrong
    /// (<see cref="VendorRules"/>), <see cref="FaultKind.UnknownApp"/>, <see cref="FaultKind.AppNotEnabled"/>, <see cref="FaultKind.Changed"/>.
    /// </summary>
    public async Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, VendorEdit edit)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (projects.App(edit.AppId, id) is not { } app)
        {
            return FaultKind.UnknownApp;
        }

        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        var before = await store.ReadAsync(environment.Value.Scope, db => db.Set<VendorAccount>().FirstOrDefaultAsync(v => v.AppId == edit.AppId));
        var isTyped = !string.IsNullOrEmpty(edit.ClientSecret);
        if (VendorRules.Check(edit, isTyped ? edit.ClientSecret! : before is null ? "" : secrets.Open(before.ClientSecret)) is { } fault)
        {
            return fault;
        }

        // Sealed before the write, and only when it changed: a sealed text differs each time.
        var secret = isTyped ? secrets.Seal(edit.ClientSecret!) : before!.ClientSecret;
        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var row = await db.Set<VendorAccount>().FirstOrDefaultAsync(v => v.AppId == edit.AppId);
            if ((row?.Version ?? 0) != edit.Version)
            {
                return FaultKind.Changed;
            }

            var isNew = row is null;
            if (row is null)
            {
                row = new() { Id = db.NextId(), AppId = edit.AppId, Enabled = true, TokenUrl = edit.TokenUrl, UserInfoUrl = edit.UserInfoUrl, ClientId = edit.ClientId };
                db.Add(row);
            }

            var stays = !isTyped && row.IsVerified && IsSameOnTheWire(row, edit);
            (row.TokenUrl, row.UserInfoUrl, row.ClientId, row.ClientSecret) = (edit.TokenUrl, edit.UserInfoUrl, edit.ClientId, secret);
            (row.TokenMethod, row.Fields, row.MobileVerified) = (edit.TokenMethod, Sorted(edit.Fields), edit.MobileVerified);
            Bump(row, stays);
            Record(db, actor, row, app, isNew ? "vendor_account.created" : "vendor_account.updated");
            return Outcome.Done;
        });
    }

    /// <summary>Off: the next login is refused, and sessions are not renewed. Fault: <see cref="FaultKind.SourceNotSetUp"/>.</summary>
    public async Task<Outcome> SwitchAsync(Actor actor, EnvironmentId id, AppId appId, bool enabled)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<VendorAccount>().FirstOrDefaultAsync(v => v.AppId == appId) is not { } row)
            {
                return FaultKind.SourceNotSetUp;
            }

            row.Enabled = enabled;
            Bump(row, row.IsVerified);
            Record(db, actor, row, projects.App(appId, id), enabled ? "vendor_account.enabled" : "vendor_account.disabled");
            return Outcome.Done;
        });
    }

    /// <summary>
    /// Seed 003, 步骤3: asks the vendor for real, by what is saved and switched on or not, and shows each step with secrets masked. Makes no user
    /// and no session. Passed, it marks what it tried as verified, unless somebody saved in between.
    /// </summary>
    /// <param name="code">From the vendor; used up by it.</param>
    public async Task<Outcome<VendorTrial>> TryAsync(Actor actor, EnvironmentId id, AppId appId, string code, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (string.IsNullOrWhiteSpace(code))
        {
            return new Fault(FaultKind.Missing, VendorField.Code);
        }

        if (code.Length > VendorRules.MaxToken)
        {
            return new Fault(FaultKind.Invalid, VendorField.Code);
        }

        if (catalog.Find(id, appId) is not { } vendor)
        {
            return FaultKind.SourceNotSetUp;
        }

        var steps = new List<VerificationStep>();
        var result = await WalkAsync(client.Talk(vendor, steps, cancellation), vendor, code.Trim());
        var marked = result.No is null && await MarkAsync(actor, environment.Value, vendor);
        return new VendorTrial(steps, result, marked);
    }

    /// <summary>How the vendor has been doing, as this node saw it.</summary>
    public OutboundHealth Health(EnvironmentId environment, AppId app) => calls.Health(VendorEntry.PartitionOf(environment, app));

    private static async Task<VendorReply<VendorPerson>> WalkAsync(VendorTalk talk, VendorEntry vendor, string code)
    {
        var tokens = await talk.ExchangeAsync(code);
        if (tokens.No is { } refused)
        {
            return refused;
        }

        if (tokens.Value!.RefreshToken is not { } refreshToken)
        {
            // A login does without; a set-up that cannot renew is not what the seed asks for.
            return VendorNo.NotAsked.Of(VendorLapse.Missing, vendor.Name(VendorField.RefreshToken));
        }

        var renewed = await talk.RefreshAsync(refreshToken, tokens.Value.OpenId!);
        return renewed.No ?? await talk.UserInfoAsync(renewed.Value!.AccessToken, tokens.Value.OpenId!);
    }

    private async Task<bool> MarkAsync(Actor actor, EnvironmentEntry environment, VendorEntry vendor)
    {
        var marked = await store.WriteAsync<Outcome>(environment.Scope, async db =>
        {
            if (await db.Set<VendorAccount>().FirstOrDefaultAsync(v => v.AppId == vendor.AppId) is not { } row || row.Version != vendor.Version)
            {
                return FaultKind.Changed;
            }

            (row.VerifiedAt, row.VerifiedVersion) = (db.Now, row.Version);
            Record(db, actor, row, projects.App(vendor.AppId, environment.Id), "vendor_account.verified");
            return Outcome.Done;
        });
        return marked.Ok;
    }

    private static bool IsSameOnTheWire(VendorAccount row, VendorEdit edit) =>
        row.TokenUrl == edit.TokenUrl && row.UserInfoUrl == edit.UserInfoUrl && row.ClientId == edit.ClientId && row.TokenMethod == edit.TokenMethod
        && row.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).SequenceEqual(edit.Fields.OrderBy(f => f.Key, StringComparer.Ordinal));

    /// <param name="staysVerified">What travels is what it was when the test passed.</param>
    private static void Bump(VendorAccount row, bool staysVerified)
    {
        row.Version++;
        (row.VerifiedAt, row.VerifiedVersion) = staysVerified ? (row.VerifiedAt, row.Version) : (null, 0);
    }

    private static void Record(ConsoleDb db, Actor actor, VendorAccount row, AppEntry? app, string action)
    {
        db.Audit(actor, action, "vendor_account", app?.AppKey ?? row.AppId.ToString());
        db.Signal(VendorCatalog.Topic, row.Id);
    }

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> fields) => new(fields.ToDictionary(), StringComparer.Ordinal);

    private static VendorDetails Show(VendorAccount row) => new(
        row.AppId, row.Enabled, row.TokenUrl, row.UserInfoUrl, row.ClientId, row.TokenMethod, row.Fields, row.MobileVerified, row.VerifiedAt, row.IsVerified, row.Version);
}
