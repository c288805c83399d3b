using FederationConsole.Platform;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Components;

/// <summary>Shows a service's <see cref="Fault"/> in a form: at its field if it names one, else at the top.</summary>
/// <param name="form">The form; a field is found by its property's name, whatever the case.</param>
public sealed class FormMessages(EditContext form, IStringLocalizer<ShellTexts> texts)
{
    private readonly ValidationMessageStore store = new(form);

    public void Show(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var property = form.Model.GetType().GetProperties()
            .FirstOrDefault(p => string.Equals(p.Name, fault.Field, StringComparison.OrdinalIgnoreCase))?.Name;
        store.Clear();
        store.Add(form.Field(property ?? ""), texts.Say(fault));
        form.NotifyValidationStateChanged();
    }

    public void Clear()
    {
        store.Clear();
        form.NotifyValidationStateChanged();
    }
}
