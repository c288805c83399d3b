using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace FederationConsole.Features.Registrations;

/// <summary>A list of a meeting's orders or attendees, newest first, by key. Search, filters, the page and the open card live in the address.</summary>
public abstract class RegistrantsPage : MeetingDeskPage
{
    public const int PageSize = 50;

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Status { get; set; }

    /// <summary>The key of the last one of the page before.</summary>
    [SupplyParameterFromQuery(Name = "page")] public string? After { get; set; }

    /// <summary>The number of the order whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "order")] public string? Opened { get; set; }

    protected abstract RegistrantFilter Filter { get; }

    protected AttendeeQuery Query => Filter.Query;

    protected bool IsNarrowed => Query != new AttendeeQuery();

    /// <summary>Null while loading.</summary>
    protected IReadOnlyList<Registrant>? Rows { get; private set; }

    /// <summary>A field's value apart, which the database cannot count.</summary>
    protected int Total { get; private set; }

    /// <summary>Null: this is the last page.</summary>
    protected long? Next => Rows is { Count: PageSize } ? Rows[^1].Attendee.Id : null;

    // Not of the card: opening one leaves the list as it is.
    protected override object LoadKey => (Context.Environment, Key, Query, After);

    protected override async Task<Outcome> LoadAsync(MeetingEntry meeting, CancellationToken cancellationToken)
    {
        long? before = long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
        var found = await Admin.ListAsync(Context.Actor, Context.Environment.Id, Key, Query, before, PageSize, cancellationToken);
        if (found.Ok && !cancellationToken.IsCancellationRequested)
        {
            (Rows, Total) = (found.Value.Rows, found.Value.Total);
        }

        return found.Ok ? Outcome.Done : found.Fault;
    }

    /// <summary>What an administrator reads further back does not shift below the eyes.</summary>
    protected override bool Matters(Signal signal) => After is null && base.Matters(signal);

    protected string Card(string? order) =>
        Navigate.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["order"] = order, ["new"] = null });

    /// <summary>What the filters find, as the list shows it.</summary>
    protected string Export(string page) => QueryHelpers.AddQueryString(MeetingTabs.Address(Context, Key, page + ".csv"), new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["q"] = Filter.Q, ["type"] = Filter.Type, ["status"] = Filter.Status, ["in"] = Filter.In, ["field"] = Filter.Field, ["value"] = Filter.Value,
    }.Where(part => !string.IsNullOrEmpty(part.Value)));
}
