using FederationConsole.Platform;

namespace FederationConsole.Features.Meetings;

/// <summary>会议-详情: a meeting's own fields, the address to register at, and its end.</summary>
public sealed partial class MeetingDetailsPage
{
    private MeetingForm draft = default!;
    private MeetingForm? theirs;
    private MeetingForm copy = default!;
    private Asked? asked;
    private Fault? fault;
    private bool busy;
    private string? made;

    private enum Asked
    {
        Copy,
        CallOff,
        Delete,
    }

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var outcome = await base.LoadAsync(cancellationToken);
        if (Details is { Meeting: var meeting })
        {
            theirs = new(Context.Project.Zone, meeting);
            if (draft is null || !draft.IsDirty || key != meeting.Key)
            {
                (draft, key) = (theirs, meeting.Key);
            }
        }

        return outcome;
    }

    /// <summary>Whose fields are typed.</summary>
    private string? key;

    private void Start() => draft = new(Context.Project.Zone, Details!.Meeting);

    private async Task<Outcome> SaveAsync(int version)
    {
        var read = draft.Read();
        return read.Ok ? await Service.SaveAsync(Context.Actor, Context.Environment.Id, Key, read.Value, version) : read.Fault;
    }

    private async Task SavedAsync(bool done)
    {
        await ReloadAsync();
        if (done)
        {
            Start();
        }
    }

    private void Ask(Asked? what)
    {
        (asked, fault) = (what, null);
        if (what == Asked.Copy)
        {
            copy = new(Context.Project.Zone, Details!.Meeting);
            copy.Name = MeetingTexts.Say("Copy.Name", copy.Name);
        }
    }

    private async Task<Outcome> CopyAsync(int version)
    {
        var read = copy.Read();
        // The copy's end follows from its beginning: only that is asked.
        if (!read.Ok)
        {
            return read.Fault;
        }

        var outcome = await Service.CopyAsync(Context.Actor, Context.Environment.Id, Key, read.Value.Name, read.Value.StartsAt);
        made = outcome.Value;
        return outcome.Ok ? Outcome.Done : outcome.Fault;
    }

    private async Task OpenCopyAsync(bool done)
    {
        Ask(null);
        StateHasChanged();
        await Task.Yield();
        Navigate.NavigateTo(done ? MeetingTabs.Address(Context, made!) : MeetingTabs.Address(Context, Key));
    }

    private Task CallOffAsync() => EndAsync(() => Service.CallOffAsync(Context.Actor, Context.Environment.Id, Key, Details!.Meeting.Version));

    private async Task DeleteAsync()
    {
        await EndAsync(() => Service.DeleteAsync(Context.Actor, Context.Environment.Id, Key));
        if (fault is null)
        {
            Navigate.NavigateTo(Context.Link("meetings"));
        }
    }

    private async Task EndAsync(Func<Task<Outcome>> act)
    {
        busy = true;
        fault = (await act()).Fault;
        busy = false;
        if (fault is null)
        {
            asked = null;
            Start();
        }

        await ReloadAsync();
    }
}
