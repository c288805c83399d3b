using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Meetings;

/// <summary>A meeting as people register for it. What is taken of its limits is not in it: that is asked where it is taken.</summary>
public sealed record MeetingEntry(
    Meeting Meeting, EnvironmentEntry Environment, IReadOnlyList<AttendeeType> Types, IReadOnlyList<Ticket> Tickets, IReadOnlyList<Agenda> Agendas)
{
    public AttendeeType? Type(string key) => Types.FirstOrDefault(t => t.Key == key);

    public Ticket? Ticket(string key) => Tickets.FirstOrDefault(t => t.Key == key);

    public Agenda? Agenda(string key) => Agendas.FirstOrDefault(a => a.Key == key);
}

/// <summary>
/// The meetings of all environments in memory, without their invitation codes: the meeting's id tells the environment, and a
/// registration reads no set-up. Read anew before a write that changed one is answered.
/// </summary>
public sealed class MeetingCatalog(Store store, Signals signals, ProjectCatalog projects)
    : SignalledCatalog(signals, Topic, ProjectCatalog.Topic)
{
    /// <summary>The signal's topic.</summary>
    public const string Topic = "meetings";

    private FrozenDictionary<string, MeetingEntry> _entries = FrozenDictionary<string, MeetingEntry>.Empty;

    /// <summary>By BventId alone; the entry tells the environment.</summary>
    public MeetingEntry? Find(string key) => _entries.GetValueOrDefault(key);

    /// <summary>Of every environment, in no order.</summary>
    public IEnumerable<MeetingEntry> All => _entries.Values;

    /// <summary>Of one environment, in no order.</summary>
    public IEnumerable<MeetingEntry> Of(EnvironmentId environment) => _entries.Values.Where(m => m.Environment.Id == environment);

    protected override async Task LoadAsync()
    {
        var entries = new List<MeetingEntry>();
        foreach (var environment in projects.Environments)
        {
            entries.AddRange(await store.ReadAsync(environment.Scope, db => ReadAsync(db, environment)));
        }

        _entries = entries.ToFrozenDictionary(m => m.Meeting.Key);
    }

    private static async Task<IReadOnlyList<MeetingEntry>> ReadAsync(ConsoleDb db, EnvironmentEntry environment)
    {
        var types = (await db.Set<AttendeeType>().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync()).ToLookup(t => t.MeetingId);
        var tickets = (await db.Set<Ticket>().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync()).ToLookup(t => t.MeetingId);
        var agendas = (await db.Set<Agenda>().OrderBy(a => a.StartsAt).ThenBy(a => a.Id).ToListAsync()).ToLookup(a => a.MeetingId);
        return (await db.Set<Meeting>().ToListAsync())
            .ConvertAll(m => new MeetingEntry(m, environment, [.. types[m.Id]], [.. tickets[m.Id]], [.. agendas[m.Id]]));
    }
}
