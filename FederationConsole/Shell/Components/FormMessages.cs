using FederationConsole.Platform;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Components;

/// <summary>Shows a service's <see cref="Fault"/> in a form: at its field if it names one, else at the top.</summary>
/// <param name="form">
/// The form. Its model's properties are its fields, with <see cref="More"/>, or the keys of a model that is a
/// dictionary of texts; a field is found by its name, else by its name in another case.
/// </param>
public sealed class FormMessages(EditContext form, IStringLocalizer<ShellTexts> texts)
{
    private readonly ValidationMessageStore store = new(form);

    /// <summary>Fields that are no properties of the model, such as those that a schema makes.</summary>
    public IReadOnlyCollection<string> More
    {
        init => form.Properties[typeof(FormMessages)] = value;
    }

    public void Show(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        List<string> fields = [.. FieldsOf(form)];
        var field = fields.Find(name => name == fault.Field) ?? fields.Find(name => string.Equals(name, fault.Field, StringComparison.OrdinalIgnoreCase));
        store.Clear();
        store.Add(form.Field(field ?? ""), texts.Say(fault));
        form.NotifyValidationStateChanged();
    }

    internal static IEnumerable<string> FieldsOf(EditContext form) =>
        form.Model is IDictionary<string, string?> named
        ? named.Keys
        : form.Model.GetType().GetProperties().Select(p => p.Name).Concat(form.Properties.TryGetValue(typeof(FormMessages), out var more) ? (IReadOnlyCollection<string>)more : []);

    public void Clear()
    {
        store.Clear();
        form.NotifyValidationStateChanged();
    }
}
