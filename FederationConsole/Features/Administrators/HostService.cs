using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Administrators;

/// <param name="RoundTrip">How long the database took to answer a small question just now.</param>
public sealed record HostHealth(string Version, string Runtime, DatabaseProvider Database, TimeSpan RoundTrip, DateTimeOffset StartedAt, int Node);

/// <param name="QrEnvironmentId">The environment whose users may confirm an administrator's sign-in by QR; null: switched off.</param>
public sealed record PolicyDetails(bool TwoStepRequired, EnvironmentId? QrEnvironmentId, int Version);

/// <summary>What concerns the host as a whole: its health, and the policy of signing in to it.</summary>
public sealed class HostService(Store store, ProjectCatalog projects, DatabaseOptions database, Ids ids, TimeProvider clock)
{
    private static readonly string ProductVersion =
        typeof(HostService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public async Task<Outcome<HostHealth>> HealthAsync(Actor actor)
    {
        if (actor.Require(Role.ReadOnly, null).Fault is { } fault)
        {
            return fault;
        }

        var watch = Stopwatch.GetTimestamp();
        await store.ReadAsync(Scope.Host, db => db.Set<SignInPolicy>().AnyAsync());
        return new HostHealth(ProductVersion, RuntimeInformation.FrameworkDescription, database.Provider, Stopwatch.GetElapsedTime(watch), _startedAt, ids.Node);
    }

    public async Task<Outcome<PolicyDetails>> PolicyAsync(Actor actor) =>
        actor.Require(Role.ReadOnly, null).Fault is { } fault ? fault
        : await store.ReadAsync(Scope.Host, db => db.Set<SignInPolicy>().OrderBy(p => p.Id).FirstOrDefaultAsync()) is { } row ? new PolicyDetails(row.TwoStepRequired, row.QrEnvironmentId, row.Version)
        : new PolicyDetails(false, null, 0);

    /// <summary>Whose users may confirm an administrator's sign-in by QR; null where that is switched off. The sign-in page tells everybody.</summary>
    internal async Task<EnvironmentEntry?> QrEnvironmentAsync() =>
        await store.ReadAsync(Scope.Host, db => db.Set<SignInPolicy>().Select(p => p.QrEnvironmentId).FirstOrDefaultAsync()) is { } id ? projects.Environment(id) : null;

    /// <summary>
    /// Who has no second step yet sets one up at the next sign-in; sessions that are open stay open until then.
    /// </summary>
    /// <param name="qrEnvironment">See <see cref="PolicyDetails"/>; one that does not exist is <see cref="FaultKind.Invalid"/>.</param>
    /// <param name="version">What the form was filled from: another's save in between is <see cref="FaultKind.Changed"/>.</param>
    public async Task<Outcome> SetPolicyAsync(Actor actor, bool twoStepRequired, EnvironmentId? qrEnvironment, int version)
    {
        if (actor.Require(Role.Owner, null).Fault is { } fault)
        {
            return fault;
        }

        if (qrEnvironment is { } environment && projects.Environment(environment) is null)
        {
            return new Fault(FaultKind.Invalid, nameof(qrEnvironment));
        }

        return await store.WriteAsync<Outcome>(Scope.Host, async db =>
        {
            var row = await db.Set<SignInPolicy>().OrderBy(p => p.Id).FirstOrDefaultAsync();
            if ((row?.Version ?? 0) != version)
            {
                return FaultKind.Changed;
            }

            if (row is null)
            {
                db.Add(row = new SignInPolicy());
            }

            (row.TwoStepRequired, row.QrEnvironmentId) = (twoStepRequired, qrEnvironment);
            row.Version++;
            db.Audit(actor, "sign_in_policy.set", "sign_in_policy", SignInPolicy.TheId.ToString(CultureInfo.InvariantCulture));
            return Outcome.Done;
        });
    }
}
