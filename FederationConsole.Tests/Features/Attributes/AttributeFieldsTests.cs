using Bunit;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using FederationConsole.Tests.Shell;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Tests.Features.Attributes;

public sealed class AttributeFieldsTests : ShellContext
{
    private static readonly AttributeDefinition[] All =
    [
        new() { Id = "text", Name = "文本", Type = AttributeType.String, MaxLength = 5, Required = true, Description = "说明" },
        new() { Id = "whole", Name = "整数", Type = AttributeType.Integer },
        new() { Id = "flag", Name = "是否", Type = AttributeType.Boolean },
        new() { Id = "day", Name = "日期", Type = AttributeType.Date },
        new() { Id = "at", Name = "时间", Type = AttributeType.Datetime },
        new() { Id = "one", Name = "单选", Type = AttributeType.Enum, Options = [new("1", "男"), new("2", "女")] },
        new() { Id = "some", Name = "多选", Type = AttributeType.MultiEnum, Options = [new("a", "甲"), new("b", "乙"), new("c", "丙")] },
        new() { Id = "site", Name = "网址", Type = AttributeType.Url, ReadOnly = true },
    ];

    private readonly Dictionary<string, string?> _values = All.ToDictionary(a => a.Id, _ => (string?)null);

    [Fact]
    public void Every_type_is_typed_into_what_its_value_is_read_from()
    {
        var fields = Show();
        fields.On("#field-text").Input("中文");
        fields.On("#field-whole").Input("-3");
        fields.On("#field-flag").Change("false");
        fields.On("#field-day").Input("2026-12-01");
        fields.On("#field-at").Change("2026-12-01T09:00");
        fields.On("#field-one").Change("2");
        fields.On("#field-some [value=c]").Change(true);
        fields.On("#field-some [value=a]").Change(true);
        fields.On("#field-site").Input("https://example.com/");

        Assert.Equal(
            ["中文", "-3", "false", "2026-12-01", "2026-12-01T01:00:00Z", "2", "[\"a\",\"c\"]", "https://example.com/"],
            All.Select(a => AttributeValue.ReadTyped(a, _values[a.Id]).Value));

        fields.On("#field-some [value=c]").Change(false);
        Assert.Equal("a", _values["some"]);
    }

    [Fact]
    public void Values_stand_in_their_fields_and_times_in_the_projects_zone()
    {
        (_values["at"], _values["some"], _values["one"]) = ("2026-12-01T01:00:00Z", "a;c", "9");
        var fields = Show();
        Assert.Equal("2026-12-01T09:00:00", fields.Find("#field-at").GetAttribute("value"));
        Assert.Contains("UTC+08:00", fields.Find("#field-at-help").TextContent, StringComparison.Ordinal);
        Assert.Equal(["a", "c"], fields.FindAll("#field-some [checked]").Select(box => box.GetAttribute("value")));
        // An option that was taken out of the schema is not silently dropped.
        Assert.Equal("9", fields.Find("#field-one").GetAttribute("value"));
        Assert.NotEmpty(fields.FindAll("#field-one [value='9']"));
    }

    [Fact]
    public void What_is_required_allowed_and_read_only_is_said()
    {
        var fields = Show();
        Assert.Equal("文本必填", fields.Find("label[for=field-text]").TextContent);
        Assert.Equal("true", fields.Find("#field-text").GetAttribute("aria-required"));
        Assert.Equal("说明 · 一行文本，最多 5 个字符", fields.Find("#field-text-help").TextContent);
        Assert.Equal("网址用户只读", fields.Find("label[for=field-site]").TextContent);
        Assert.False(fields.Find("#field-site").HasAttribute("disabled"));
        Assert.True(Show(asUser: true).Find("#field-site").HasAttribute("disabled"));
        Assert.All(Show(disabled: true).FindAll("input, select"), input => Assert.True(input.HasAttribute("disabled")));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("some")]
    public async Task A_fault_stands_at_the_field_of_its_attribute(string id)
    {
        var form = new EditContext(_values);
        var page = Render<EditForm>(with => with.Add(f => f.EditContext, form).AddCascadingValue(Demo).Add(f => f.ChildContent, _ => builder =>
        {
            builder.OpenComponent<ErrorSummary>(0);
            builder.CloseComponent();
            builder.OpenComponent<AttributeFields>(1);
            builder.AddComponentParameter(2, nameof(AttributeFields.Attributes), All);
            builder.AddComponentParameter(3, nameof(AttributeFields.Values), _values);
            builder.CloseComponent();
        }));
        await page.InvokeAsync(() => new FormMessages(form, Services.GetRequiredService<IStringLocalizer<ShellTexts>>()).Show(new Fault(FaultKind.Invalid, id, "这样不行")));
        page.WaitForAssertion(() => Assert.Contains("这样不行", page.Find($"#field-{id}-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", page.Find($"#field-{id}").GetAttribute("aria-invalid"));
        Assert.Single(page.FindAll($"[data-focus=field-{id}]"));
    }

    private IRenderedComponent<AttributeFields> Show(bool disabled = false, bool asUser = false) => Render<AttributeFields>(with => with
        .AddCascadingValue(Demo).Add(f => f.Attributes, All).Add(f => f.Values, _values).Add(f => f.Disabled, disabled).Add(f => f.AsUser, asUser));
}
