using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Components;

/// <summary>One field of a form: label above, help below, its errors at it. Works on a circuit and in a plain form.</summary>
public sealed partial class FormField : IDisposable
{
    private static readonly IReadOnlyDictionary<string, object> NoAttributes = new Dictionary<string, object>();

    private EditContext? watched;

    [Inject] private IStringLocalizer<ShellTexts> T { get; set; } = default!;

    [CascadingParameter] private EditContext? Form { get; set; }

    /// <summary>The model's property; the input's id becomes <c>field-Name</c>.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>What is allowed, or what it is for.</summary>
    [Parameter] public string? Help { get; set; }

    [Parameter] public bool Optional { get; set; }

    /// <summary>Said beside the label: that it is required, that users only read it.</summary>
    [Parameter] public string? Mark { get; set; }

    /// <summary>It holds several inputs, such as check boxes; the field itself takes id, aria-describedby and aria-invalid, and each input has a label of its own.</summary>
    [Parameter] public bool Group { get; set; }

    /// <summary>An error from elsewhere than the form's own validation.</summary>
    [Parameter] public string? Error { get; set; }

    [Parameter, EditorRequired] public required RenderFragment<IReadOnlyDictionary<string, object>> ChildContent { get; set; }

    private string Id => IdOf(Name);

    private string? Said => Mark ?? (Optional ? T["Form.Optional"].Value : null);

    // What the page says of the field is closer than the service's "not as required", which would only stand behind it.
    private List<string> Errors => Error is not null ? [Error] : [.. Form?.GetValidationMessages(Form.Field(Name)) ?? []];

    private Dictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = Id };
            var wrong = Errors.Count > 0;
            var notes = string.Join(' ', new[] { wrong ? $"{Id}-error" : null, Help is null ? null : $"{Id}-help" }.Where(n => n is not null));
            if (notes.Length > 0)
            {
                attributes["aria-describedby"] = notes;
            }

            if (wrong)
            {
                attributes["aria-invalid"] = "true";
            }

            return attributes;
        }
    }

    /// <summary>The id of a field's input.</summary>
    public static string IdOf(string name) => $"field-{name}";

    protected override void OnParametersSet()
    {
        if (watched != Form)
        {
            Dispose();
            watched = Form;
            watched?.OnValidationStateChanged += Refresh;
        }
    }

    private void Refresh(object? sender, ValidationStateChangedEventArgs e) => StateHasChanged();

    public void Dispose() => watched?.OnValidationStateChanged -= Refresh;
}
