using System.Text.Json;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Attributes;

/// <summary>Edits one attribute; whoever saved this one in between is shown beside what is being typed.</summary>
public sealed partial class AttributeCard
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private AttributeDraft draft = default!;
    private EditContext form = default!;
    private FormMessages messages = default!;
    private Fault? fault;
    private int values;
    private bool asked;
    private bool busy;
    private bool saved;

    [Inject] private AttributeSchemaService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Texts { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    /// <summary>As it is now.</summary>
    [Parameter, EditorRequired] public required SchemaDetails Schema { get; set; }

    /// <summary>Of this schema.</summary>
    [Parameter, EditorRequired] public required AttributeDefinition Attribute { get; set; }

    [Parameter, EditorRequired] public required bool MayChange { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    /// <summary>What others change elsewhere in the schema does not concern this form.</summary>
    private bool IsOld => Text(draft.From!) != Text(Attribute);

    private bool Conflicts => draft.IsDirty && IsOld;

    protected override void OnParametersSet()
    {
        if (draft is null || (IsOld && !draft.IsDirty))
        {
            TakeTheirs();
        }
    }

    private void TakeTheirs()
    {
        draft = new(Attribute);
        form = new(draft);
        messages = new(form, Texts);
        saved = false;
    }

    private void Typed()
    {
        saved = false;
        messages.Clear();
    }

    private Task SaveAsync() => Conflicts ? Task.CompletedTask : SaveOverAsync();

    private async Task SaveOverAsync()
    {
        if (busy || !draft.IsDirty)
        {
            return;
        }

        var definition = Attribute.Library ? Attribute with { Description = draft.Description.Trim() } : Service.Read(draft.Typed);
        if (!definition.Ok)
        {
            messages.Show(definition.Fault);
            return;
        }

        busy = true;
        var outcome = await Service.SaveAsync(Context.Actor, Context.Environment.Id, definition.Value, Schema.Version);
        if (outcome.Fault?.Kind == FaultKind.Changed)
        {
            await OnChanged.InvokeAsync();
            // Somebody changed another attribute: nothing of theirs is lost. Who changed this one is told by the notice.
            outcome = Conflicts ? outcome : await Service.SaveAsync(Context.Actor, Context.Environment.Id, definition.Value, Schema.Version);
        }

        busy = false;
        if (!outcome.Ok)
        {
            messages.Show(outcome.Fault);
            return;
        }

        // What stands saved is read anew before the draft begins with it.
        await OnChanged.InvokeAsync();
        TakeTheirs();
        saved = true;
    }

    private async Task AskAsync()
    {
        var count = await Service.CountValuesAsync(Context.Actor, Context.Environment.Id, Attribute.Id);
        (asked, values, fault) = (true, count.Value, count.Fault);
    }

    private async Task DeleteAsync()
    {
        busy = true;
        var outcome = await Service.DeleteAsync(Context.Actor, Context.Environment.Id, Attribute.Id, Schema.Version);
        (busy, fault) = (false, outcome.Fault);
        if (outcome.Fault?.Kind == FaultKind.Changed)
        {
            await OnChanged.InvokeAsync();
        }

        if (!outcome.Ok)
        {
            return;
        }

        // Nothing is unsaved any more: the bar must not ask.
        asked = false;
        TakeTheirs();
        StateHasChanged();
        await Task.Yield();
        Navigate.NavigateTo(CloseHref);
        await OnChanged.InvokeAsync();
    }

    private static string Text(AttributeDefinition definition) => AttributeRules.Json(definition).ToJsonString();
}
