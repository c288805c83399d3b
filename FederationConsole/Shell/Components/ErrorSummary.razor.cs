using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace FederationConsole.Shell.Components;

/// <summary>The errors of a whole form; stands inside its <see cref="EditForm"/>.</summary>
public sealed partial class ErrorSummary : IDisposable
{
    private EditContext? watched;

    [CascadingParameter] private EditContext Form { get; set; } = default!;

    private List<(string Field, string Message)> Lines =>
        [.. FormMessages.FieldsOf(Form).Prepend("")
            .SelectMany(name => Form.GetValidationMessages(Form.Field(name)).Select(message => (name, message)))];

    protected override void OnParametersSet()
    {
        if (watched != Form)
        {
            Dispose();
            watched = Form;
            watched.OnValidationStateChanged += Refresh;
        }
    }

    private void Refresh(object? sender, ValidationStateChangedEventArgs e) => StateHasChanged();

    public void Dispose() => watched?.OnValidationStateChanged -= Refresh;
}
