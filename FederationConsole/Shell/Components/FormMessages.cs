using FederationConsole.Platform;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Components;

/// <summary>Shows a service's <see cref="Fault"/> in a form: at its field if it names one, else at the top.</summary>
/// <param name="form">
/// The form. Its model's properties are its fields, or the keys of a model that is a dictionary of texts; a field is found by its name,
/// whatever the case.
/// </param>
public sealed class FormMessages(EditContext form, IStringLocalizer<ShellTexts> texts)
{
    private readonly ValidationMessageStore store = new(form);

    public void Show(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var field = FieldsOf(form).FirstOrDefault(name => string.Equals(name, fault.Field, StringComparison.OrdinalIgnoreCase));
        store.Clear();
        store.Add(form.Field(field ?? ""), texts.Say(fault));
        form.NotifyValidationStateChanged();
    }

    internal static IEnumerable<string> FieldsOf(EditContext form) =>
        form.Model is IDictionary<string, string?> named ? named.Keys : form.Model.GetType().GetProperties().Select(p => p.Name);

    public void Clear()
    {
        store.Clear();
        form.NotifyValidationStateChanged();
    }
}
